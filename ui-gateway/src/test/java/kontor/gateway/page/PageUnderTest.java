package kontor.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kontor.testing.programs.Chromium;

/**
 * A real browser for the page's tests. What scripts or the Content-Security-Policy complain of is
 * kept; pictures go to {@code target/page}.
 */
final class PageUnderTest implements AutoCloseable {

    private static final Path PICTURES = Path.of("target", "page");

    /** A busy machine may be slow, and no test is faster for waiting shorter. */
    private static final double PATIENCE_MILLIS = 20_000;

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    PageUnderTest() {
        playwright = Chromium.playwright();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        try {
            browser = Chromium.launch(playwright);
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** Opens an address in a window of its own, with nothing chosen or remembered. */
    Page open(URI address, int width, int height, ColorScheme scheme) {
        return open(address, width, height, scheme, "");
    }

    /** The same; the script runs before the page's own. */
    Page open(URI address, int width, int height, ColorScheme scheme, String script) {
        Page page =
                browser.newContext(
                                new Browser.NewContextOptions()
                                        .setViewportSize(width, height)
                                        .setColorScheme(scheme))
                        .newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        page.addInitScript(script);
        page.navigate(address.toString());
        return page;
    }

    Page open(URI address) {
        return open(address, 1440, 900, ColorScheme.DARK);
    }

    /** Begins to note what the page's threads do. */
    void startTracing(Page page) {
        browser.startTracing(
                page, new Browser.StartTracingOptions().setCategories(List.of("toplevel")));
    }

    /** What has been noted, as Chromium's trace events in JSON. */
    byte[] stopTracing() {
        return browser.stopTracing();
    }

    /** What scripts complained of, in all windows. */
    List<String> complaints() {
        return complaints;
    }

    /** Leaves a picture for people to look at. */
    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    /** What axe finds that is serious or critical, each with an element. */
    static List<String> serious(Page page) throws IOException {
        try (InputStream script = PageUnderTest.class.getResourceAsStream("/axe.min.js")) {
            page.evaluate(new String(requireNonNull(script).readAllBytes(), UTF_8));
        }
        Object found =
                page.evaluate(
                        """
                        async () => (await axe.run()).violations
                            .filter(({ impact }) => impact === "serious" || impact === "critical")
                            .map(({ id, nodes }) => `${id}: ${nodes[0].html}`)
                        """);
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    /** The list's row of an event; the first one, where it has several. */
    static Locator row(Page page, long sequence) {
        return page.locator("#list .rows .row[data-sequence='" + sequence + "']").first();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
