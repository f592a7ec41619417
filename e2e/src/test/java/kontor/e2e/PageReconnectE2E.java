package kontor.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.e2e.PageBrowser.connection;
import static kontor.e2e.PageBrowser.everyRowIsThereOnce;
import static kontor.e2e.PageBrowser.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.ResumeOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page's gateway dies before its stream has said anything that the page could go on from. */
@Timeout(600)
class PageReconnectE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();
    private static final int KILLS = 2;

    @Test
    void aGatewayKilledTwiceBeforeTheStreamsFirstIdWhileFourGamesPlayLosesAndDoublesNoRow()
            throws Exception {
        try (PlayingGames games = new PlayingGames(STACK);
                StreamGate gate = new StreamGate(STACK.api().root());
                PageBrowser browser = new PageBrowser(STACK)) {
            games.awaitMessages("MOVE", 3);
            // Tall: its list is scrolled through.
            Page page = browser.window(1600, 2000, ColorScheme.LIGHT);
            page.route(
                    Pattern.compile("/stream\\?"),
                    route ->
                            route.resume(
                                    new ResumeOptions()
                                            .setUrl(gate.through(route.request().url()))));
            browser.go(page, "?session=" + games.session());
            for (int kill = 1; kill <= KILLS; kill++) {
                assertThat(connection(page)).hasText("live");
                gate.awaitWithheld(kill);
                STACK.stack().kill("gateway");
                assertThat(connection(page)).containsText("interrupted");
                if (kill == KILLS) {
                    gate.open();
                }
                STACK.stack().start("gateway");
            }
            assertThat(connection(page)).hasText("live");
            games.leave();

            assertThat(connection(page)).hasText("complete");
            everyRowIsThereOnce(page);
            String counts = page.locator("#status .counts").innerText();
            assertThat(Long.parseLong(counts.replaceAll("\\D", "")))
                    .isEqualTo(lastOf(games.session()));
            picture(page, "reconnect");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static long lastOf(String session) throws Exception {
        return STACK.api().get("/api/sessions/" + session).get("lastSequence").asLong();
    }
}
