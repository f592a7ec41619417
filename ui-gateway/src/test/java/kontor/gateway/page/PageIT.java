package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.gateway.page.PageUnderTest.picture;
import static kontor.gateway.page.PageUnderTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import kontor.gateway.sample.SampleFlows;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page in a real browser, on a gateway with a recorded session. */
@Timeout(180)
class PageIT extends PageOnSampleStack {

    private static SampleSession session;

    @BeforeAll
    static void start() {
        session = recorded("page", UUID.randomUUID());
        startGateway(Map.of());
    }

    @Test
    void sessionsStandAtTheLeftAndOneIsFoundByItsWords() {
        SampleSession other = recorded("evening", UUID.randomUUID());
        Page page = browser.open(address("event=5"), 1280, 800, ColorScheme.LIGHT);

        assertThat(page.locator("#side .session.shown")).containsText("page 1");
        assertThat(page.locator("#status")).containsText("No. 5 selected");
        assertThat(page.locator("#status")).containsText("lag unknown");
        picture(page, "layout-1280-light");
        page.locator("#side input[type=search]").fill("evening");
        assertThat(page.locator("#side .session")).hasCount(1);
        page.locator("#side .session-open").click();
        assertThat(page).hasURL(Pattern.compile("session=" + other.id()));
        page.goBack();
        assertThat(page.locator("#status")).containsText("page 1");
    }

    @Test
    void flowsAreATableAndAStreamIsFollowedInTwoColours() {
        Page page = browser.open(address("tab=flows"));

        assertThat(page.locator(".pane.flows tbody tr").nth(1)).containsText("tcp");
        picture(page, "flows");
        page.locator(".pane.flows tbody tr").nth(1).getByText("Follow").click();
        assertThat(page.locator(".turn.from-opener").first()).containsText("play");
        page.locator(".pane.follow select").selectOption("hex");
        assertThat(page.locator(".turn pre").first()).containsText("70 6c 61 79");
        picture(page, "follow-hex");
        page.locator(".turn button").first().click();
        assertThat(page.locator("#list .row.selected")).hasCount(1);
        assertThat(page).hasURL(Pattern.compile("tab=follow&flow=2"));
    }

    @Test
    void anyFieldBecomesAColumnAndARuleColoursItsRows() {
        Page page = browser.open(address("event=2"), 1440, 900, ColorScheme.LIGHT);

        page.locator("#tree .field", new Page.LocatorOptions().setHasText("Command"))
                .first()
                .click(new Locator.ClickOptions().setButton(RIGHT));
        page.locator("#menu button", with("as a column")).click();
        assertThat(row(page, 2).locator("[class='dplay.command']")).hasText("2 ENUMSESSIONS");
        row(page, 2).locator(".type").click(new Locator.ClickOptions().setButton(RIGHT));
        page.locator("#menu button.paint3").click();
        assertThat(row(page, 2)).hasClass(Pattern.compile("paint3"));
        picture(page, "columns-colours");
        page.reload();
        assertThat(row(page, 2)).hasClass(Pattern.compile("paint3"));
        assertThat(page.locator("#list .row.head")).containsText("dplay.command");
    }

    @Test
    void aFilterIsCheckedCompletedAppliedAndRememberedAndWhatIsWrongIsUnderlined() {
        Page page = browser.open(address(""));
        Locator input = page.locator("#filter input[name=filter]");
        assertThat(row(page, session.lastSequence())).isVisible();

        page.keyboard().press("/");
        input.pressSequentially("dplay.com");
        assertThat(page.locator(".proposal").first()).containsText("dplay.command");
        picture(page, "filter-completion");
        page.keyboard().press("Tab");
        assertThat(input).hasValue("dplay.command ");
        input.pressSequentially("== bogus");
        assertThat(page.locator("#filter u")).hasText(Pattern.compile("bogus"));
        assertThat(page.locator("#filter")).hasAttribute("data-state", "invalid");
        page.keyboard().press("Enter");
        assertThat(row(page, session.lastSequence())).isVisible();
        picture(page, "filter-wrong");
        input.fill("dplay.command == 0x02");
        assertThat(page.locator("#filter")).hasAttribute("data-state", "valid");
        page.keyboard().press("Escape");
        input.focus();
        input.fill("dplay.command == 0x02");
        page.keyboard().press("Enter");
        assertThat(page.locator("#status .counts")).containsText("1 found");
        page.locator("#filter button", with("Clear")).click();
        assertThat(row(page, session.lastSequence())).isVisible();
        page.locator("#filter button[aria-label='Saved and earlier filters']").click();
        assertThat(page.locator(".proposal.earlier")).containsText("dplay.command == 0x02");
    }

    @Test
    void onePressHidesHeartbeatsAndARowsTypeIsHiddenFromItsMenu() {
        Page page = browser.open(address(""));
        Locator pings = page.locator("#list .rows .row .type:text-is('PING')");
        assertThat(pings.first()).isVisible();

        page.keyboard().press("H");
        assertThat(page.locator("#status .counts")).containsText("found of");
        assertThat(pings.locator("visible=true")).hasCount(0);
        assertThat(page).hasURL(Pattern.compile("heartbeats=hidden"));
        row(page, 2).click(new Locator.ClickOptions().setButton(RIGHT));
        picture(page, "row-menu");
        page.locator("#menu button", with("Hide the type")).click();
        assertThat(page.locator("#filter input[name=filter]"))
                .hasValue("!(message.type == \"ENUMSESSIONS\")");
        assertThat(row(page, 2)).isHidden();
    }

    @Test
    void aSearchHighlightsAndLeavesTheOtherRowsWhereTheyAre() {
        Page page = browser.open(address(""));
        assertThat(row(page, session.lastSequence())).isVisible();

        page.keyboard().press("Control+f");
        page.locator("#filter .search").fill("pingreply");
        assertThat(page.locator("#list .rows .row.sought").first()).isVisible();
        assertThat(row(page, session.lastSequence())).isVisible();
        page.keyboard().press("Enter");
        assertThat(page.locator("#list .row.selected .type")).hasText("PINGREPLY");
    }

    @Test
    void messagesAreArrowsBetweenTheLanesOfTheGamesAndCanBeSavedAsSvg() throws Exception {
        Page page = browser.open(address("event=2&tab=lanes"));

        Locator lane = page.locator(".lane-row[data-sequence='2']");
        assertThat(lane).containsText("ENUMSESSIONS");
        assertThat(lane.locator(".lane-receipt")).hasText(Pattern.compile("● .* ms"));
        assertThat(page.locator(".lane-name")).hasText(new String[] {"game1", "game2"});
        picture(page, "lanes");
        Download saved = page.waitForDownload(() -> page.getByText("Save as SVG").click());
        Path file = Path.of("target", "page", "lanes.svg");
        saved.saveAs(file);
        assertThat(Files.readString(file)).startsWith("<svg").contains("ENUMSESSIONS");
    }

    @Test
    void continuitysPlacesLeadToTheirPackets() {
        SampleSession lossy = new SampleSession("lossy", UUID.randomUUID(), 1, BEGIN);
        lossy.datagram("game1", 2350, 2350, SampleMessages.dplay(0x16, 36));
        lossy.missed(
                "game1",
                3,
                kontor.packets.v1.MissCause.MISS_CAUSE_SOCKET_BUFFER,
                SampleFlows.endpoint(127, 1, 0, 2, 2350));
        lossy.end();
        stack.record(lossy);
        Page page = browser.open(gateway.uri("/?session=" + lossy.id()));

        page.locator("#status .continuity").click();
        Locator place = page.locator(".places li", with("datagrams of game1 lost")).first();
        place.locator("button").click();
        assertThat(page.locator("#list .row.selected .type")).hasText("datagrams missed");
        assertThat(place).hasClass(Pattern.compile("chosen"));
        picture(page, "continuity");
    }

    @Test
    void theTimeLineShowsTheWholeSessionAndLeadsToAMoment() {
        Page page = browser.open(address("tab=timeline"));

        assertThat(page.locator(".plot .u-over")).isVisible();
        picture(page, "timeline");
        page.locator(".plot .u-over").click(new Locator.ClickOptions().setPosition(3, 20));
        assertThat(page.locator("#list .row.selected")).hasCount(1);
    }

    @Test
    void aPlotThatIsDrawnAgainLeavesNothingOfTheOneBefore() {
        Page page =
                browser.open(address("tab=timeline"), 1440, 900, ColorScheme.DARK, COUNT_LISTENERS);
        assertThat(page.locator(".plot .u-over")).isVisible();
        Object listeners = page.evaluate("listeners");

        for (int width = 1300; width < 1310; width++) {
            page.setViewportSize(width, 900);
            page.evaluate(
                    "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
        }

        assertThat(page.locator(".plot .u-over")).hasCount(1);
        assertThat(page.evaluate("listeners")).isEqualTo(listeners);
    }

    /** How many listeners the window has, kept in {@code listeners}. */
    private static final String COUNT_LISTENERS =
            """
            window.listeners = 0;
            const { addEventListener, removeEventListener } = window;
            window.addEventListener = (...all) => { listeners++; addEventListener.apply(window, all); };
            window.removeEventListener = (...all) => { listeners--; removeEventListener.apply(window, all); };
            """;

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"DARK", "LIGHT"})
    void nothingSeriousStandsInTheWayOfKeyboardAndScreenReader(ColorScheme scheme)
            throws Exception {
        List<Integer> widths = scheme == ColorScheme.LIGHT ? List.of(1280, 2560) : List.of(1440);
        for (String tab :
                List.of(
                        "",
                        "&tab=timeline",
                        "&tab=flows",
                        "&tab=follow&flow=2",
                        "&tab=lanes",
                        "&tab=state",
                        "&tab=statistics",
                        "&tab=find",
                        "&tab=analyzers",
                        "&tab=runs",
                        "&tab=rules",
                        "&tab=services",
                        "&tab=continuity")) {
            Page page = browser.open(address("event=2" + tab), 1440, 900, scheme);
            assertThat(page.locator("#tree .field").first()).isVisible();
            if (!tab.isEmpty()) {
                assertThat(page.locator("#dock .pane")).isVisible();
            }

            for (int width : widths) {
                page.setViewportSize(width, 900);
                assertThat(PageUnderTest.serious(page))
                        .as("in %s%s at %d", scheme, tab, width)
                        .isEmpty();
            }
            page.context().close();
        }
    }

    @Test
    void theApiCanBeTriedWithoutInternet() {
        Page page = browser.open(gateway.uri("/try.html"));

        Locator labs = page.locator(".opblock", with("/api/labs")).first();
        labs.locator(".opblock-summary-control").click();
        labs.getByText("Try it out").click();
        labs.getByText("Execute").click();
        assertThat(labs.locator(".live-responses-table .response-col_status").last())
                .containsText("200");
        picture(page, "try");
    }

    @Test
    void anUnknownSessionSaysSoAndHowToGoOn() {
        Page page = browser.open(gateway.uri("/?session=" + UUID.randomUUID()));

        assertThat(page.locator("#empty")).containsText("There is no such session");
        page.keyboard().press("?");
        assertThat(page.locator("dialog")).containsText("hide heartbeats");
        picture(page, "unknown-session-help");
    }

    @Test
    void theWideScreenHasTheDetailsBesideTheList() {
        Page page = browser.open(address("event=2&tab=lanes"), 2560, 1300, ColorScheme.LIGHT);

        assertThat(page.locator("#tree .field").first()).isVisible();
        assertThat(page.locator(".lane-row").first()).isVisible();
        double list = page.locator("#list").boundingBox().width;
        assertThat(page.locator("#tree").boundingBox().x).isGreaterThan(list);
        picture(page, "wide-2560-light");
    }

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");

    private static final com.microsoft.playwright.options.MouseButton RIGHT =
            com.microsoft.playwright.options.MouseButton.RIGHT;

    private static Page.LocatorOptions with(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private static URI address(String parameters) {
        return gateway.uri("/?session=" + session.id() + "&" + parameters);
    }

    /** A lobby and some play, ended. */
    private static SampleSession recorded(String lab, UUID id) {
        SampleSession made = new SampleSession(lab, id, 1, BEGIN);
        made.datagram("game1", 46130, 47624, SampleMessages.dplay(0x02, 52));
        int back = made.open("game2", 40983, 2300);
        made.write(back, true, SampleMessages.dplay(0x01, 124));
        made.write(back, false, SampleMessages.dplay(0x05, 32));
        for (int i = 0; i < 12; i++) {
            made.datagram("game1", 2350, 2350, SampleMessages.dplay(0x16, 36));
            made.datagram("game2", 2350, 2350, SampleMessages.dplay(0x17, 36));
            made.datagram("game1", 2350, 2350, SampleMessages.x642(i, 9297));
        }
        made.halfClose(back, true);
        made.end();
        return stack.record(made);
    }
}
