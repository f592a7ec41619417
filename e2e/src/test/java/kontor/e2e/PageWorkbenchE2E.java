package kontor.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static kontor.e2e.PageBrowser.connection;
import static kontor.e2e.PageBrowser.filter;
import static kontor.e2e.PageBrowser.focusList;
import static kontor.e2e.PageBrowser.goTo;
import static kontor.e2e.PageBrowser.picture;
import static kontor.e2e.PageBrowser.row;
import static kontor.e2e.PageBrowser.showsAll;
import static kontor.e2e.PageBrowser.tab;
import static kontor.e2e.PageBrowser.withText;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.MouseButton;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import kontor.players.directplay.GameMessages;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * What the page offers to those who read packets, on what four games play through a real stack.
 * Pictures go to {@code target/page}.
 */
@Timeout(600)
class PageWorkbenchE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();
    private static final String RULES_FILE = "e2e-workbench.yaml";

    /** None of the playing games'. */
    private static final int PORT = 2399;

    private static final String RULES =
            """
            rules:
              - rule: hello
                to: game2
                when: x642.action == "CHAT" && udp.dstport == %d
                do: { set: x642.chat.text, to: hello }
            """
                    .formatted(PORT);

    private static final GameMessages GAME = new GameMessages(0x0348281E, 0x0348281D);
    private static final Bytes SAID = GAME.chat(0, "attack at dawn");
    private static final Bytes HEARD = GAME.chat(0, "hello");

    @Test
    void whatFourGamesSayIsReadWithColumnsColoursFiltersBytesStreamsAndLanes() throws Exception {
        try (GamesThatFreeze _ = new GamesThatFreeze(STACK);
                PlayingGames games = new PlayingGames(STACK);
                PageBrowser browser = new PageBrowser(STACK)) {
            String address = "?session=" + games.session();
            Page page = browser.open(address, 1600, ColorScheme.DARK);
            games.awaitMessages("MOVE", 3);
            games.awaitMessages("PING", 1);
            reloadsAServiceWhileTheGamesStandStill(page);
            saysWhatARuleChanges();
            games.awaitMessages("CHAT", 3);
            games.leave();
            assertThat(connection(page)).hasText("complete");

            String chat = first(games.session(), "message.type == \"CHAT\"");
            String ping = first(games.session(), "message.type == \"PING\"");
            String mutated = first(games.session(), "verdict == \"mutated\"");
            makesAFieldAColumnAndColoursAType(page, chat);
            hidesHeartbeats(page, ping);
            searches(page);
            savesAFilter(page);
            inspectsBytes(page, chat);
            seesWhatWasDelivered(page, mutated);
            countsTimesFrom(page, chat);
            followsAsBytes(page);
            takesTheLanesAlong(page, chat);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void lostDatagramsLeadFromTheirContinuityToTheirRowAndBackLeadsToTheSessionBefore()
            throws Exception {
        String before = STACK.api().startSession();
        String session = STACK.api().startSession();
        try (DeafGame game = new DeafGame(STACK);
                PageBrowser browser = new PageBrowser(STACK)) {
            game.miss(session);
            STACK.api().settledContinuity(session);
            Page page = browser.open("?session=" + before, 1280, ColorScheme.LIGHT);
            assertThat(connection(page)).hasText("complete");
            page.locator(".session-open[data-key='" + session + "']").click();
            assertThat(connection(page)).hasText("live");
            focusList(page);
            page.keyboard().press("c");

            assertThat(page.locator(".pane.continuity b.continuity")).hasText("lossy");
            Locator place =
                    page.locator(".places li", withText("datagrams of " + game.name() + " lost"));
            place.first().locator("button").click();
            assertThat(page.locator("#list .row.selected:visible .type").first())
                    .hasText("datagrams missed");
            assertThat(place.first()).hasClass(Pattern.compile("chosen"));
            picture(page, "workbench-continuity");
            page.goBack();
            assertThat(page).hasURL(Pattern.compile("session=" + before));
            assertThat(page.locator(".session.shown .session-open"))
                    .hasAttribute("data-key", before);
            assertThat(connection(page)).hasText("complete");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void reloadsAServiceWhileTheGamesStandStill(Page page) {
        PageBrowser.reloads(page, "analysis-service frozen");
        assertThat(page.locator("#status")).containsText("reload done");
        picture(page, "workbench-reload");
        filter(page, "event.type == \"game_frozen\"");
        assertThat(page.locator("#list .rows .row:visible .type:text-is('game frozen')"))
                .hasCount(GamesThatFreeze.GAMES.size());
        showsAll(page);
    }

    private static void saysWhatARuleChanges() throws Exception {
        STACK.api().put("/api/rules/" + RULES_FILE, RULES);
        String version = STACK.api().get("/api/rules").get("version").asString();
        STACK.api().await("/api/rules", rules -> rules.at("/labs/e2e").asString().equals(version));
        try (DatagramSocket from = new DatagramSocket(STACK.own("game1", PORT));
                DatagramSocket to = new DatagramSocket(STACK.own("game2", PORT))) {
            to.setSoTimeout(60_000);
            InetSocketAddress peer = STACK.peer("game1", "game2", PORT);
            from.send(new DatagramPacket(SAID.toByteArray(), SAID.length(), peer));
            DatagramPacket packet = new DatagramPacket(new byte[1000], 1000);
            to.receive(packet);
            assertThat(Bytes.owning(Arrays.copyOf(packet.getData(), packet.getLength())))
                    .isEqualTo(HEARD);
        } finally {
            STACK.api().delete("/api/rules/" + RULES_FILE);
        }
    }

    private static void makesAFieldAColumnAndColoursAType(Page page, String chat) {
        goTo(page, chat);
        Locator field = page.locator("#tree .field[title^='x642.chat.text ']");
        String words = field.locator(".value").innerText();
        field.click(RIGHT);
        page.locator("#menu button", withText("as a column")).click();
        assertThat(row(page, chat).locator("[class='x642.chat.text']")).hasText(words);
        row(page, chat).locator(".type").click(RIGHT);
        page.locator("#menu button.paint3").click();
        assertThat(row(page, chat)).hasClass(Pattern.compile("paint3"));
        PageBrowser.reload(page);
        assertThat(row(page, chat)).hasClass(Pattern.compile("paint3"));
        assertThat(row(page, chat).locator("[class='x642.chat.text']")).hasText(words);
        picture(page, "workbench-columns");
    }

    private static void hidesHeartbeats(Page page, String ping) {
        goTo(page, ping);
        Locator pings = page.locator("#list .rows .row:visible .type:text-is('PING')");
        assertThat(pings.first()).isVisible();
        page.keyboard().press("H");
        assertThat(page.locator("#status .counts")).containsText("found of");
        assertThat(pings).hasCount(0);
        assertThat(page.locator("#list .rows .row:visible").first()).isVisible();
        picture(page, "workbench-without-heartbeats");
        page.keyboard().press("H");
        assertThat(pings.first()).isVisible();
    }

    private static void searches(Page page) {
        page.keyboard().press("Control+f");
        page.locator("#filter .search").fill("pingreply");
        page.keyboard().press("Enter");
        assertThat(page.locator("#list .row.current:visible .type")).hasText("PINGREPLY");
        assertThat(page.locator("#list .rows .row.sought:visible").first()).isVisible();
        assertThat(page.locator("#status .counts")).not().containsText("found");
        picture(page, "workbench-search");
        page.keyboard().press("Escape");
        assertThat(page.locator("#list .rows .row.sought:visible")).hasCount(0);
    }

    private static void savesAFilter(Page page) {
        String moves = "message.type == \"MOVE\"";
        Locator input = page.locator("#filter input[name=filter]");
        Locator remembered = page.locator("#filter button[aria-label='Saved and earlier filters']");
        filter(page, "x642.chat.text");
        filter(page, moves);
        page.locator("#filter button", withText("Save…")).click();
        page.locator("dialog input").fill("moves");
        page.keyboard().press("Enter");
        showsAll(page);
        remembered.click();
        assertThat(page.locator(".proposal.saved")).containsText("moves");
        assertThat(page.locator(".proposal.earlier", withText("x642.chat.text"))).isVisible();
        picture(page, "workbench-filters");
        input.press("ArrowDown");
        input.press("Enter");
        assertThat(input).hasValue(moves);
        assertThat(page.locator("#status .counts")).containsText("found of");
        showsAll(page);
    }

    /** At the place of the action, whose number stands in the documentation of the protocol. */
    private static void inspectsBytes(Page page, String chat) {
        goTo(page, chat);
        Locator field = page.locator("#tree .field[title^='x642.action ']");
        assertThat(field.locator(".value")).containsText("CHAT");
        field.click();
        Locator inspector = page.locator("#hex .inspector");
        assertThat(inspector).containsText(Integer.toString(CHAT));
        page.locator("#hex .digits i.selected").first().click();
        assertThat(page.locator("#hex .digits i.cursor")).hasCount(1);
        assertThat(inspector).containsText(Integer.toString(CHAT));
        assertThat(page.locator("#tree .field.selected")).containsText("Action");
        picture(page, "workbench-bytes");
    }

    private static void seesWhatWasDelivered(Page page, String mutated) {
        goTo(page, mutated);
        assertThat(row(page, mutated).locator(".verdict")).hasText("mutated");
        assertThat(page.locator("#hex .beside:visible").first()).isVisible();
        // "hello" begins with other letters than "attack at dawn".
        assertThat(page.locator("#hex .beside:visible .digits .differs").first()).hasText("68");
        picture(page, "workbench-delivered");
    }

    private static void countsTimesFrom(Page page, String chat) {
        goTo(page, chat);
        page.keyboard().press("T");
        assertThat(row(page, chat).locator(".time")).hasText("*REF*");
        assertThat(page.locator("#list .row.head .time")).containsText("Since No. " + chat);
        picture(page, "workbench-reference");
    }

    private static void followsAsBytes(Page page) {
        focusList(page);
        page.keyboard().press("f");
        assertThat(page.locator(".turn").first()).isVisible();
        page.locator(".pane.follow select").selectOption("hex");
        assertThat(page.locator(".turn pre").first())
                .containsText(Pattern.compile("0000 +([0-9a-f]{2} +){4}"));
        picture(page, "workbench-follow");
    }

    private static void takesTheLanesAlong(Page page, String chat) throws Exception {
        tab(page, "Lanes");
        assertThat(page.locator(".lane-row[data-sequence='" + chat + "']").first()).isVisible();
        assertThat(page.locator(".lane-name"))
                .hasText(GamesThatFreeze.GAMES.toArray(String[]::new));
        picture(page, "workbench-lanes");
        Download saved = page.waitForDownload(() -> page.getByText("Save as SVG").click());
        Path file = PageBrowser.PICTURES.resolve("workbench-lanes.svg");
        saved.saveAs(file);
        assertThat(Files.readString(file)).startsWith("<svg").contains("CHAT", "game4");
    }

    /** The sequence of the first event that a filter finds; waits for it. */
    private static String first(String session, String filter) throws Exception {
        JsonNode found =
                STACK.api()
                        .await(
                                "/api/sessions/%s/events?limit=1&filter=%s"
                                        .formatted(session, URLEncoder.encode(filter, UTF_8)),
                                page -> !page.get("events").isEmpty());
        return found.at("/events/0/event/sequence").asString();
    }

    private static final int CHAT = 0x853;

    private static final Locator.ClickOptions RIGHT =
            new Locator.ClickOptions().setButton(MouseButton.RIGHT);
}
