package kontor.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import kontor.testing.programs.Chromium;

/**
 * Chromium on the stack's page. What scripts or the Content-Security-Policy complain of is kept;
 * pictures go to {@code target/page}. Each wait is for a condition; its bound is for machines on
 * which much else runs.
 */
final class PageBrowser implements AutoCloseable {

    static final Path PICTURES = Path.of("target", "page");

    private static final int PATIENCE_MILLIS = 120_000;

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

    private final StackUnderTest stack;
    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    PageBrowser(StackUnderTest stack) {
        this.stack = stack;
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright = Chromium.playwright();
        try {
            browser = Chromium.launch(playwright);
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** A window of its own, with nothing chosen or remembered, and nothing in it yet. */
    Page window(int width, int height, ColorScheme scheme) {
        NewContextOptions options =
                new NewContextOptions().setViewportSize(width, height).setColorScheme(scheme);
        Page page = browser.newContext(options).newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        return page;
    }

    /** Goes to the page; returns when it knows what the gateway offers. */
    void go(Page page, String address) {
        untilItKnows(page, () -> page.navigate(stack.api().root() + address));
    }

    /** The same page again. */
    static void reload(Page page) {
        untilItKnows(page, page::reload);
    }

    private static void untilItKnows(Page page, Runnable opens) {
        page.waitForResponse(
                response -> response.ok() && response.url().endsWith("/api/fields"), opens);
    }

    Page open(String address, int width, ColorScheme scheme) {
        Page page = window(width, width * 9 / 16, scheme);
        go(page, address);
        return page;
    }

    /** What scripts complained of, in all windows. */
    List<String> complaints() {
        return complaints;
    }

    /** The list has each event of the session once, in order; leaves it at its end. */
    static void everyRowIsThereOnce(Page page) {
        Map<?, ?> found = (Map<?, ?>) page.evaluate(ROWS);
        List<Long> seen =
                ((List<?>) requireNonNull(found.get("seen")))
                        .stream().map(value -> ((Number) value).longValue()).toList();
        assertThat(found.get("inOrder")).isEqualTo(true);
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, seen.getLast()).boxed().toList());
        assertThat(page.locator("#status .counts").innerText().replaceAll("\\D", ""))
                .isEqualTo(seen.getLast().toString());
    }

    /** The drawn row of an event; the first one, where it has several. */
    static Locator row(Page page, String sequence) {
        return page.locator("#list .rows .row[data-sequence='" + sequence + "']:visible").first();
    }

    static Locator connection(Page page) {
        return page.locator("#status .connection");
    }

    static void focusList(Page page) {
        page.locator("#list .rows").focus();
    }

    /** Applies a filter that finds something. */
    static void filter(Page page, String text) {
        page.locator("#filter input[name=filter]").fill(text);
        page.locator("#filter input[name=filter]").press("Enter");
        String applied = "filter=" + URLEncoder.encode(text, UTF_8);
        // The browser's engine reads it, which has no quotation.
        assertThat(page).hasURL(Pattern.compile(applied.replaceAll("[+.*]", "\\\\$0")));
        assertThat(page.locator("#status .counts")).hasText(Pattern.compile("^[1-9].* found of"));
    }

    static void showsAll(Page page) {
        page.locator("#filter button", withText("Clear")).click();
        assertThat(page.locator("#status .counts")).not().containsText("found of");
        assertThat(page.locator("#list .rows .row:visible").first()).isVisible();
    }

    static void goTo(Page page, String sequence) {
        focusList(page);
        page.keyboard().press(":");
        page.locator("dialog input").fill(sequence);
        page.keyboard().press("Enter");
        assertThat(row(page, sequence)).hasAttribute("aria-selected", "true");
    }

    static void tab(Page page, String name) {
        Locator tab = page.locator("#tabs .tab", withText(name));
        tab.click();
        assertThat(tab).hasAttribute("aria-selected", "true");
    }

    /** Takes an entry of the menu of the session that is shown. */
    static void use(Page page, String entry) {
        page.locator(".session.shown .session-more").click();
        page.locator("#menu button", withText(entry)).click();
    }

    /** Reloads a service, as the tab of services offers it; returns when that has completed. */
    static void reloads(Page page, String offered) {
        tab(page, "Services");
        page.locator("[data-key='" + offered + "']").click();
        Response accepted =
                page.waitForResponse(
                        response ->
                                response.request().method().equals("POST")
                                        && response.url().endsWith("/api/reloads"),
                        () -> page.locator("dialog .danger").click());
        String place = accepted.headerValue("location");
        String id = place.substring(place.lastIndexOf('/') + 1);
        // Other tests' reloads stand there too.
        assertThat(page.locator(".reload.completed[data-key='" + id + "']")).isVisible();
    }

    static Page.LocatorOptions withText(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    /** Leaves a picture for people to look at. */
    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
