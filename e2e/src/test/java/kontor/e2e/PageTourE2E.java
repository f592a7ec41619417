package kontor.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.e2e.PageBrowser.connection;
import static kontor.e2e.PageBrowser.everyRowIsThereOnce;
import static kontor.e2e.PageBrowser.filter;
import static kontor.e2e.PageBrowser.focusList;
import static kontor.e2e.PageBrowser.goTo;
import static kontor.e2e.PageBrowser.picture;
import static kontor.e2e.PageBrowser.row;
import static kontor.e2e.PageBrowser.showsAll;
import static kontor.e2e.PageBrowser.tab;
import static kontor.e2e.PageBrowser.use;
import static kontor.e2e.PageBrowser.withText;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.MouseButton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import kontor.players.games.Demo;
import kontor.players.games.DemoReport;
import kontor.players.games.DemoSettings;
import kontor.players.report.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a new user does in the first hour (docs/FIRST_HOUR.md), with stand-in games, the real API
 * and a gateway that is reloaded and killed meanwhile. Pictures go to {@code target/page}.
 */
@Timeout(600)
class PageTourE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();

    @Test
    void aNewUserWatchesFindsMarksUnderstandsAndTakesAlongWhatGamesSay() throws Exception {
        String session = STACK.api().startSession();
        try (GamesThatFreeze _ = new GamesThatFreeze(STACK);
                PageBrowser browser = new PageBrowser(STACK)) {
            Page page = browser.open("?session=" + session, 1440, ColorScheme.DARK);
            assertThat(connection(page)).hasText("live");
            CompletableFuture<DemoReport> demo = CompletableFuture.supplyAsync(PageTourE2E::play);
            assertThat(page.locator("#list .rows .row:visible .type:text-is('PING')").first())
                    .isVisible();
            picture(page, "tour-live");
            reloadsTheGateway(page);
            killsTheGateway(page);
            DemoReport report = demo.get();
            assertThat(report.passed()).as(report.toText()).isTrue();

            freezesAndThaws(page);
            String chat = findsTheChat(page);
            marksIt(page);
            followsItsStream(page, chat);
            looksAtValuesAndStatistics(page);
            triesARule(page, chat);
            everyRowIsThereOnce(page);
            looksAround(browser, session, chat);
            endsNamesAndExports(page);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static DemoReport play() {
        try {
            return new Demo(STACK.lab(), DemoSettings.ONCE, Progress.NONE).play();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while games play", e);
        }
    }

    private static void reloadsTheGateway(Page page) {
        PageBrowser.reloads(page, "ui-gateway plain");
        assertThat(connection(page)).hasText("live");
        picture(page, "tour-reloaded");
    }

    private static void killsTheGateway(Page page) throws Exception {
        STACK.stack().kill("gateway");
        assertThat(connection(page)).containsText("interrupted");
        assertThat(page.locator("#status .problem")).containsText("does not answer");
        picture(page, "tour-gateway-away");
        STACK.stack().start("gateway");
        assertThat(connection(page)).hasText("live");
    }

    private static void freezesAndThaws(Page page) {
        focusList(page);
        page.keyboard().press("End");
        page.locator("#top button", withText("Freeze…")).click();
        page.locator("dialog input").fill("60");
        page.keyboard().press("Enter");
        Locator frozen = page.locator("#list .rows .row:visible .type:text-is('game frozen')");
        assertThat(frozen).hasCount(GamesThatFreeze.GAMES.size());
        assertThat(page.locator("#top button", withText("Thaw"))).isVisible();
        picture(page, "tour-frozen");
        page.locator("#top button", withText("Thaw")).click();
        assertThat(page.locator("#list .rows .row:visible .type:text-is('game thawed')"))
                .hasCount(GamesThatFreeze.GAMES.size());
        assertThat(page.locator("#top button", withText("Freeze…"))).isVisible();
    }

    /** Returns the sequence of the first chat message. */
    private static String findsTheChat(Page page) {
        filter(page, "message.type == \"CHAT\"");
        page.locator("#list .rows .row:visible .type:text-is('CHAT')").first().click();
        assertThat(page.locator("#tree .message").first()).containsText("CHAT");
        page.locator("#tree .field", withText("Text")).first().click();
        assertThat(page.locator("#hex i.selected").first()).isVisible();
        picture(page, "tour-chat");
        String chat =
                page.locator("#list .row.selected:visible").first().getAttribute("data-sequence");
        showsAll(page);
        assertThat(page.locator("#list .row.selected:visible").first())
                .hasAttribute("data-sequence", chat);
        return chat;
    }

    private static void marksIt(Page page) {
        focusList(page);
        page.keyboard().press("M");
        page.locator("dialog input").fill("the first word");
        page.keyboard().press("Enter");
        assertThat(page.locator("#list .row.marked:visible").first())
                .hasAttribute("data-label", "the first word");
        tab(page, "Time line");
        assertThat(page.locator(".pane.timeline .marks")).containsText("the first word");
        assertThat(page.locator(".pane.timeline .u-over")).isVisible();
        picture(page, "tour-timeline");
    }

    private static void followsItsStream(Page page, String chat) {
        focusList(page);
        page.keyboard().press("f");
        assertThat(page.locator(".turn").first()).isVisible();
        picture(page, "tour-follow");
        tab(page, "Lanes");
        assertThat(page.locator(".lane-row[data-sequence='" + chat + "']").first()).isVisible();
        picture(page, "tour-lanes");
    }

    private static void looksAtValuesAndStatistics(Page page) {
        focusList(page);
        page.keyboard().press("End");
        tab(page, "Game state");
        page.locator(".pane.state button.value").first().click();
        assertThat(page.locator(".pane.state .u-over")).isVisible();
        picture(page, "tour-state");
        tab(page, "Statistics");
        page.locator(".pane.statistics tr", withText("CHAT")).first().getByText("Bytes").click();
        assertThat(page.locator(".heat button").first()).isVisible();
        picture(page, "tour-statistics");
        tab(page, "Analyzers");
        assertThat(page.locator(".pane.analyzers table").first()).containsText("anno1602");
        picture(page, "tour-analyzers");
    }

    /** It counts only, and is not saved. */
    private static void triesARule(Page page, String chat) {
        goTo(page, chat);
        row(page, chat)
                .locator(".type")
                .click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
        page.locator("#menu button", withText("Make a rule from this")).click();
        assertThat(page.locator(".pane.rules .trial")).containsText("Would have matched");
        assertThat(page.locator(".pane.rules .trial-rule button").first()).isVisible();
        picture(page, "tour-rule");
        page.locator(".pane.rules [aria-label='Close the editor']").click();
        page.locator("dialog .danger").click();
    }

    private static void looksAround(PageBrowser browser, String session, String chat) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(1280, 2560)) {
                String address = "?session=%s&event=%s&tab=lanes".formatted(session, chat);
                Page page = browser.open(address, width, scheme);
                assertThat(page.locator(".lane-row").first()).isVisible();
                assertThat(page.locator("#tree .field").first()).isVisible();
                String look = "%d-%s".formatted(width, scheme.name().toLowerCase(Locale.ROOT));
                picture(page, "tour-lanes-" + look);
                for (String name :
                        List.of("Time line", "Flows", "Statistics", "Compare", "Rules")) {
                    tab(page, name);
                    assertThat(page.locator("#dock .pane", withText("Loading"))).hasCount(0);
                    if (name.equals("Time line")) {
                        assertThat(page.locator(".pane.timeline .u-over")).isVisible();
                    }
                    picture(page, "tour-%s-%s".formatted(name.replace(" ", "-"), look));
                }
                page.context().close();
            }
        }
    }

    private static void endsNamesAndExports(Page page) throws Exception {
        page.locator("#top button", withText("End…")).click();
        page.locator("dialog .danger").click();
        assertThat(page.locator("#status")).containsText("complete");
        use(page, "Rename…");
        page.locator("dialog input").fill("First hour");
        page.keyboard().press("Enter");
        assertThat(page.locator(".session.shown")).containsText("First hour");
        Download download = page.waitForDownload(() -> use(page, "Export for Wireshark"));
        Path file = PageBrowser.PICTURES.resolve("first-hour.pcapng");
        download.saveAs(file);
        assertThat(Files.size(file)).isGreaterThan(1000);
        picture(page, "tour-ended");
    }
}
