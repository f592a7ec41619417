package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.gateway.page.PageUnderTest.picture;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import kontor.gateway.sample.LargeSession;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands in bars and lists can be read on the narrowest and the widest of usual screens. */
@Timeout(180)
class PageLooksIT extends PageOnSampleStack {

    private static SampleSession session;

    @BeforeAll
    static void start() {
        session =
                new SampleSession(
                        "default", UUID.randomUUID(), 1, Instant.parse("2026-11-22T19:40:00Z"));
        for (int i = 0; i < 40; i++) {
            session.datagram("game1", 2350, 2350, SampleMessages.x642(i, 9297));
        }
        stack.record(session);
        UUID imported = LargeSession.write(stack.jdbc(), "import-0a1b2c3d", 12_345);
        stack.jdbc()
                .sql(
                        "insert into capture.session_notes (session_id, name) values (?, 'Saturday"
                                + " in the harbour with all of us.pcapng')")
                .param(imported)
                .update();
        stack.jdbc()
                .sql(
                        """
                        insert into capture.runs (run_id, lab, instance, peer_addresses,
                            software_version, capture_method, started_at)
                        values (gen_random_uuid(), 'import-0a1b2c3d', 'game1', '{}', '1', 'import',
                            now())
                        """)
                .update();
        startGateway(Map.of());
    }

    @Test
    void nothingThatCountsIsCutOffInTheListOfSessionsAndTheBarOnTop() throws IOException {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(1280, 2560)) {
                Page page =
                        browser.open(
                                gateway.uri("/?session=" + session.id() + "&event=5"),
                                width,
                                width == 1280 ? 800 : 1440,
                                scheme);
                report(12_345);
                assertThat(page.locator("#top .instance")).hasCount(4);
                report(9_876_543);
                assertThat(page.locator("#side .import-mark")).isVisible();
                assertThat(page.locator("#side")).containsText("12 345 events");
                assertThat(page.locator("#tree .field").first()).isVisible();
                picture(
                        page,
                        "looks-%d-%s".formatted(width, scheme.name().toLowerCase(Locale.ROOT)));
                assertThat(cut(page, "#side .import-mark, #side .live-mark, #side .facts"))
                        .isEmpty();
                assertThat(cut(page, "#top .instance, #top .instance span, #top button")).isEmpty();
                assertThat(cut(page, "#status span, #status button")).isEmpty();
                assertThat(cut(page, "#filter button, #tabs .tab, #list .row.head > span"))
                        .isEmpty();
                assertThat(PageUnderTest.serious(page)).isEmpty();
                page.context().close();
            }
        }
    }

    private static void report(int captured) {
        for (int game = 1; game <= 4; game++) {
            stack.status("default", "game" + game, new UUID(0, game), Instant.now(), captured);
        }
    }

    /** The texts of those elements whose content, or which themselves, reach over an edge. */
    private static List<String> cut(Page page, String selector) {
        Object found =
                page.evaluate(
                        """
                        (selector) => [...document.querySelectorAll(selector)]
                            .filter((element) => element.offsetParent !== null)
                            .filter((element) => {
                                const box = element.getBoundingClientRect();
                                const around = element.closest("section, nav, header, footer, form, #tabs, .session-open")
                                    .getBoundingClientRect();
                                return element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
                                    || box.right > around.right + 1 || box.left < around.left - 1;
                            })
                            .map((element) => element.textContent)
                        """,
                        selector);
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }
}
