package kontor.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.e2e.PageBrowser.connection;
import static kontor.e2e.PageBrowser.filter;
import static kontor.e2e.PageBrowser.focusList;
import static kontor.e2e.PageBrowser.picture;
import static kontor.e2e.PageBrowser.tab;
import static kontor.e2e.PageBrowser.use;
import static kontor.e2e.PageBrowser.withText;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import kontor.testing.programs.Programs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The rest of the first hour (docs/FIRST_HOUR.md), while four games play: an analyzer is written in
 * the page, and what was played goes to tshark and comes in again. Pictures go to {@code
 * target/page}.
 */
@Timeout(600)
class PageHourE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();

    /** Called as no other test's. */
    private static final String ANALYZER =
            """
            meta:
              id: hour
              endian: le
              -kontor: {protocol: x642, type: MOVE, at: x642.move.moves}
            seq:
              - {id: %s, type: %s}
            """;

    private static final String DROP =
            """
            ([name, content]) => {
                const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
                const data = new DataTransfer();
                data.items.add(new File([bytes], name));
                document.body.dispatchEvent(
                    new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
            }
            """;

    @AfterEach
    void withoutItsAnalyzer() throws Exception {
        Files.deleteIfExists(STACK.analyzers().resolve("hour.ksy"));
    }

    @Test
    void anAnalyzerIsWrittenInThePageWhileGamesPlayAndWhatTheyPlayedGoesOutAndComesIn()
            throws Exception {
        Programs.require("tshark");
        try (PlayingGames games = new PlayingGames(STACK);
                PageBrowser browser = new PageBrowser(STACK)) {
            Page page = browser.open("?session=" + games.session(), 1600, ColorScheme.DARK);
            games.awaitMessages("MOVE", 3);
            selectsAMove(page);
            writesAnAnalyzer(page);
            findsWhatChangedBetweenMarkers(page);
            games.leave();
            deletesTheAnalyzer(page);
            Path file = exports(page);
            importsAndDeletes(page, file);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /** The first one: further ones come all the time. */
    private static void selectsAMove(Page page) {
        filter(page, "message.type == \"MOVE\"");
        focusList(page);
        page.keyboard().press("Home");
        assertThat(page.locator("#tree .message", withText("MOVE")).first()).isVisible();
    }

    /** What is saved is seen in the selected message, without a further click. */
    private static void writesAnAnalyzer(Page page) {
        tab(page, "Analyzers");
        Locator pane = page.locator(".pane.analyzers");
        pane.getByText("New…").click();
        page.locator("dialog input").fill("hour.ksy");
        page.locator("dialog input").press("Enter");
        Locator source = pane.locator("textarea");
        source.fill(ANALYZER.formatted("bearing", "u3"));
        source.press("Control+s");
        assertThat(pane.locator("output")).containsText("Refused");
        pane.locator(".editor .places button").first().click();
        assertThat(source).isFocused();
        picture(page, "hour-refused");

        source.fill(ANALYZER.formatted("bearing", "u2"));
        source.press("Control+s");
        assertThat(pane.locator("output")).containsText("In use");
        Locator field = page.locator("#tree .field[title^='hour.bearing']");
        field.first().click();
        assertThat(page.locator("#hex .digits i.selected")).hasCount(2);
        picture(page, "hour-field");
        source.fill(ANALYZER.formatted("course", "u1"));
        source.press("Control+s");
        assertThat(page.locator("#tree .field[title^='hour.course']").first()).isVisible();
        assertThat(field).hasCount(0);
    }

    private static void findsWhatChangedBetweenMarkers(Page page) {
        focusList(page);
        page.keyboard().press("M");
        page.locator("dialog input").fill("a move");
        page.keyboard().press("Enter");
        tab(page, "Find");
        page.locator("form.find button", withText("a move")).click();
        page.locator("form.find").last().getByText("Find", EXACTLY).click();
        assertThat(page.locator(".pane.find")).containsText(Pattern.compile("In .+ messages"));
        picture(page, "hour-find");
    }

    private static void deletesTheAnalyzer(Page page) {
        tab(page, "Analyzers");
        page.locator(".pane.analyzers .editor").getByText("Delete…").click();
        page.locator("dialog .danger").click();
        assertThat(page.locator(".pane.analyzers .editor")).isHidden();
        assertThat(STACK.analyzers().resolve("hour.ksy")).doesNotExist();
    }

    private static Path exports(Page page) throws Exception {
        assertThat(connection(page)).hasText("complete");
        Download download = page.waitForDownload(() -> use(page, "Export for Wireshark"));
        Path file = PageBrowser.PICTURES.resolve("hour.pcapng");
        download.saveAs(file);
        assertThat(Tshark.fields(file, "dplay", "dplay.command")).isNotEmpty();
        return file;
    }

    private static void importsAndDeletes(Page page, Path file) throws Exception {
        String content = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        page.evaluate(DROP, List.of("hour.pcapng", content));
        assertThat(page.locator("#import")).containsText("complete");
        picture(page, "hour-import");
        page.locator("#import").getByText("Open the session").click();
        assertThat(page.locator(".session.shown .import-mark")).isVisible();
        String imported = page.locator(".session.shown .session-open").getAttribute("data-key");

        assertThat(connection(page)).hasText("complete");
        use(page, "Delete…");
        page.locator("dialog .danger").click();
        page.locator("dialog input").fill("another one");
        page.keyboard().press("Enter");
        assertThat(page.locator("#status .problem")).containsText("nothing was deleted");
        Locator session = page.locator(".session-open[data-key='" + imported + "']");
        assertThat(session).hasCount(1);
        use(page, "Delete…");
        page.locator("dialog .danger").click();
        String name = page.locator("dialog p.dim").innerText();
        page.locator("dialog input").fill(name);
        picture(page, "hour-delete");
        page.keyboard().press("Enter");
        assertThat(session).hasCount(0);
    }

    private static final Locator.GetByTextOptions EXACTLY =
            new Locator.GetByTextOptions().setExact(true);
}
