package kontor.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.MouseButton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import kontor.players.games.Demo;
import kontor.players.games.DemoReport;
import kontor.players.games.DemoSettings;
import kontor.players.report.Progress;
import kontor.testing.programs.Chromium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a new user does in the first hour (docs/FIRST_HOUR.md), with stand-in games, the real API
 * and a gateway that is reloaded and killed meanwhile. Pictures go to {@code target/page}.
 */
@Timeout(300)
class PageTourE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();
    private static final Path PICTURES = Path.of("target", "page");
    private static final int PATIENCE_MILLIS = 30_000;

    /** Every row from the first to the last, as the list shows them when it is scrolled through. */
    private static final String ROWS =
            """
            async () => {
                const body = document.querySelector("#list .rows");
                const frame = () => new Promise((done) => requestAnimationFrame(done));
                const shown = () => [...body.querySelectorAll(".row:not([hidden])")]
                    .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
                const seen = new Set();
                let inOrder = true;
                body.scrollTop = 0;
                while (true) {
                    do {
                        await frame();
                        await frame();
                    } while (shown().some((row) => row.matches(".kind-unloaded")));
                    const rows = shown().map(({ row }) => [row.sequence, row.part]);
                    for (let i = 1; i < rows.length; i++) {
                        const [[a, x], [b, y]] = [rows[i - 1], rows[i]];
                        inOrder &&= a === b ? y === x + 1 : b === a + 1 && y === 0;
                    }
                    rows.forEach(([sequence]) => seen.add(sequence));
                    const before = body.scrollTop;
                    body.scrollTop += body.clientHeight - 42;
                    if (body.scrollTop === before) break;
                }
                return { inOrder, seen: [...seen].sort((a, b) => a - b) };
            }
            """;

    private final List<String> complaints = new ArrayList<>();

    @Test
    void aNewUserWatchesFindsMarksUnderstandsAndTakesAlongWhatGamesSay() throws Exception {
        String session = STACK.api().startSession();
        try (GamesThatFreeze _ = new GamesThatFreeze(STACK);
                Playwright playwright = Chromium.playwright();
                Browser browser = Chromium.launch(playwright)) {
            Page page = open(browser, 1440, ColorScheme.DARK, "?session=" + session);
            assertThat(page.locator("#status")).containsText("live");
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
        }
        assertThat(complaints).isEmpty();
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
        tab(page, "Services");
        page.locator("[data-key='ui-gateway plain']").click();
        Response accepted =
                page.waitForResponse(
                        response -> response.request().method().equals("POST"),
                        () -> page.locator("dialog .danger").click());
        String place = accepted.headerValue("location");
        String id = place.substring(place.lastIndexOf('/') + 1);
        // Other tests' reloads of the gateway stand there too.
        assertThat(page.locator(".reload.completed[data-key='" + id + "']"))
                .isVisible(new IsVisibleOptions().setTimeout(60_000));
        assertThat(page.locator("#status .connection")).hasText("live");
        picture(page, "tour-reloaded");
    }

    private static void killsTheGateway(Page page) throws Exception {
        STACK.stack().kill("gateway");
        assertThat(page.locator("#status .connection")).containsText("interrupted");
        assertThat(page.locator("#status .problem")).containsText("does not answer");
        picture(page, "tour-gateway-away");
        STACK.stack().start("gateway");
        assertThat(page.locator("#status .connection")).hasText("live");
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
        page.keyboard().press("/");
        page.locator("#filter input[name=filter]").fill("message.type == \"CHAT\"");
        page.keyboard().press("Enter");
        assertThat(page.locator("#status .counts")).containsText("found of");
        page.locator("#list .rows .row:visible .type:text-is('CHAT')").first().click();
        assertThat(page.locator("#tree .message").first()).containsText("CHAT");
        page.locator("#tree .field", withText("Text")).first().click();
        assertThat(page.locator("#hex i.selected").first()).isVisible();
        picture(page, "tour-chat");
        String chat =
                page.locator("#list .row.selected:visible").first().getAttribute("data-sequence");
        page.locator("#filter button", withText("Clear")).click();
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
        focusList(page);
        page.keyboard().press(":");
        page.locator("dialog input").fill(chat);
        page.keyboard().press("Enter");
        Locator row = page.locator("#list .row[data-sequence='" + chat + "']:visible").first();
        row.locator(".type").click(new Locator.ClickOptions().setButton(MouseButton.RIGHT));
        page.locator("#menu button", withText("Make a rule from this")).click();
        assertThat(page.locator(".pane.rules .trial")).containsText("Would have matched");
        assertThat(page.locator(".pane.rules .trial-rule button").first()).isVisible();
        picture(page, "tour-rule");
        page.locator(".pane.rules [aria-label='Close the editor']").click();
        page.locator("dialog .danger").click();
    }

    private static void everyRowIsThereOnce(Page page) {
        Map<?, ?> found = (Map<?, ?>) page.evaluate(ROWS);
        List<Long> seen =
                ((List<?>) requireNonNull(found.get("seen")))
                        .stream().map(value -> ((Number) value).longValue()).toList();
        assertThat(found.get("inOrder")).isEqualTo(true);
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, seen.getLast()).boxed().toList());
        assertThat(page.locator("#status .counts").innerText().replaceAll("\\D", ""))
                .isEqualTo(seen.getLast().toString());
    }

    private void looksAround(Browser browser, String session, String chat) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(1280, 2560)) {
                String address = "?session=%s&event=%s&tab=lanes".formatted(session, chat);
                Page page = open(browser, width, scheme, address);
                assertThat(page.locator(".lane-row").first()).isVisible();
                assertThat(page.locator("#tree .field").first()).isVisible();
                String look = "%d-%s".formatted(width, scheme.name().toLowerCase(Locale.ROOT));
                picture(page, "tour-lanes-" + look);
                for (String name :
                        List.of("Time line", "Flows", "Statistics", "Compare", "Rules")) {
                    tab(page, name);
                    assertThat(page.locator("#dock .pane", withText("Loading"))).hasCount(0);
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
        Path file = PICTURES.resolve("first-hour.pcapng");
        download.saveAs(file);
        assertThat(Files.size(file)).isGreaterThan(1000);
        picture(page, "tour-ended");
    }

    private static void focusList(Page page) {
        page.locator("#list .rows").focus();
    }

    private static void tab(Page page, String name) {
        Locator tab = page.locator("#tabs .tab", withText(name));
        tab.click();
        assertThat(tab).hasAttribute("aria-selected", "true");
    }

    private static void use(Page page, String entry) {
        page.locator(".session.shown .session-more").click();
        page.locator("#menu button", withText(entry)).click();
    }

    private static Page.LocatorOptions withText(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private Page open(Browser browser, int width, ColorScheme scheme, String address) {
        NewContextOptions options =
                new NewContextOptions()
                        .setViewportSize(width, width * 9 / 16)
                        .setColorScheme(scheme);
        Page page = browser.newContext(options).newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        page.onPageError(complaints::add);
        page.navigate(STACK.api().root() + address);
        return page;
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
