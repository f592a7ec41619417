package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static kontor.gateway.page.PageUnderTest.picture;
import static kontor.gateway.page.PageUnderTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import kontor.gateway.sample.LargeSession;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list of a filter that finds more than a browser keeps: any row of it can be reached. */
@Timeout(180)
class PageFoundIT extends PageOnSampleStack {

    private static final int EVENTS = 60_000;

    /**
     * Every fourth event is a piece of a TCP flow, the first and the last one are none of a game.
     */
    private static final String FOUND = "44 999";

    private static UUID session;

    @BeforeAll
    static void start() {
        session = LargeSession.write(stack.jdbc(), "found", EVENTS);
        startGateway(Map.of());
    }

    @Test
    void homeEndAndPagesReachTheRowsOfAFilterAtAnySize() {
        Page page = opened("filter=udp");
        assertThat(row(page, EVENTS - 1)).isVisible();

        page.keyboard().press("Home");
        assertThat(row(page, 2)).hasAttribute("aria-selected", "true");
        assertThat(page.locator("#status")).containsText("No. 2 selected, 1 of " + FOUND);
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        assertThat(row(page, 5)).hasAttribute("aria-selected", "true");
        everyRowIsThere(page);
        page.keyboard().press("End");
        assertThat(row(page, EVENTS - 1)).hasAttribute("aria-selected", "true");
        page.keyboard().press("PageUp");
        everyRowIsThere(page);
        page.keyboard().press("k");
        assertThat(page.locator("#status")).containsText(" of " + FOUND + " found");
    }

    @Test
    void theScrollBarStandsForAllThatWasFoundAndTheListGoesOnInBothDirections() {
        Page page = opened("filter=udp");
        Locator rows = page.locator("#list .rows");

        rows.evaluate("rows => { rows.scrollTop = rows.scrollHeight / 2; }");
        assertThat(position(page))
                .hasText(Pattern.compile("^22\\s[45]\\d\\d–22\\s[45]\\d\\d of 44\\s999$"));
        everyRowIsThere(page);
        picture(page, "found-middle");
        // Further than the browser keeps rows.
        long from = firstSequence(page);
        for (int i = 0; i < 40; i++) {
            rows.evaluate("rows => { rows.scrollTop -= 8000; }");
            everyRowIsThere(page);
        }
        assertThat(firstSequence(page)).isLessThan(from - 18_000);
        from = firstSequence(page);
        for (int i = 0; i < 40; i++) {
            rows.evaluate("rows => { rows.scrollTop += 8000; }");
            everyRowIsThere(page);
        }
        assertThat(firstSequence(page)).isGreaterThan(from + 18_000);
        rows.hover();
        page.mouse().wheel(0, -600);
        everyRowIsThere(page);
        assertThat(page.locator("#list .rows > .row").count()).isLessThan(100);
    }

    @Test
    void theArrowsGoOnFromTheSelectedRowWhereverTheListWasScrolledTo() {
        Page page = opened("filter=udp");
        page.keyboard().press("Home");
        assertThat(row(page, 2)).hasAttribute("aria-selected", "true");

        page.locator("#list .rows")
                .evaluate("rows => { rows.scrollTop = rows.scrollHeight * 0.7; }");
        everyRowIsThere(page);
        page.keyboard().press("ArrowDown");
        assertThat(row(page, 3)).hasAttribute("aria-selected", "true");
        everyRowIsThere(page);
    }

    @Test
    void aPacketIsReachedByItsNumberAndByALinkAmongWhatWasFound() {
        Page page = opened("filter=udp&event=30001");
        assertThat(row(page, 30_001)).hasAttribute("aria-selected", "true");
        assertThat(page.locator("#status")).containsText("22 500 of " + FOUND);
        everyRowIsThere(page);
        page.keyboard().press("k");
        assertThat(row(page, 29_999)).hasAttribute("aria-selected", "true");

        for (int wanted : List.of(50_001, 9, 41_235)) {
            page.keyboard().press(":");
            page.locator("dialog input").fill(Integer.toString(wanted));
            page.keyboard().press("Enter");
            assertThat(row(page, wanted)).hasAttribute("aria-selected", "true");
            assertThat(row(page, wanted)).isInViewport();
            everyRowIsThere(page);
        }
        picture(page, "found-jump");
        page.keyboard().press("<");
        assertThat(row(page, 9)).isInViewport();
        page.keyboard().press("<");
        assertThat(row(page, 50_001)).hasAttribute("aria-selected", "true");
        page.keyboard().press(">");
        assertThat(row(page, 9)).hasAttribute("aria-selected", "true");
        page.keyboard().press(">");
        assertThat(row(page, 41_235)).isInViewport();
        page.locator("#filter button", new Page.LocatorOptions().setHasText("Clear")).click();
        assertThat(row(page, 41_236)).isVisible();
        assertThat(row(page, 41_235)).hasAttribute("aria-selected", "true");
    }

    @Test
    void whatAGameSendsMeanwhileIsAppendedAtTheEndAndCountedElsewhere() {
        SampleSession running =
                new SampleSession("lively", UUID.randomUUID(), 1, Instant.now().minusSeconds(60));
        send(running, 1_500);
        stack.record(running);
        running.takeSteps().forEach(stack::publish);
        Page page = opened(running.id(), "filter=" + encoded("instance == \"game1\""));
        assertThat(page.locator("#status .counts")).containsText("750 found of 1 501");

        send(running, 20);
        publish(running);
        assertThat(page.locator("#status .counts")).containsText("760 found of");
        assertThat(row(page, running.lastSequence() - 1)).isVisible();
        page.locator("#list .rows").focus();
        page.keyboard().press("Home");
        assertThat(row(page, 2)).hasAttribute("aria-selected", "true");
        send(running, 40);
        publish(running);
        assertThat(page.locator("#list .pill")).containsText("20 new");
        assertThat(page.locator("#status .counts")).containsText("780 found of");
        assertThat(row(page, 2)).isInViewport();
        page.locator("#list .pill").click();
        assertThat(row(page, running.lastSequence() - 1)).isInViewport();
        send(running, 4);
        publish(running);
        assertThat(row(page, running.lastSequence() - 1)).isInViewport();
        assertThat(page.locator("#status .counts")).containsText("782 found of");
    }

    private static void send(SampleSession session, int packets) {
        for (int i = 0; i < packets; i++) {
            session.datagram(
                    i % 2 == 0 ? "game1" : "game2", 2350, 2350, SampleMessages.x642(i, 9297));
        }
    }

    private static void publish(SampleSession session) {
        session.takeSteps()
                .forEach(step -> {
                    stack.record(step);
                    stack.publish(step);
                });
    }

    private static Locator position(Page page) {
        return page.locator("#list .row.head .position");
    }

    private static long firstSequence(Page page) {
        return ((Number) page.evaluate("(" + IN_VIEW + ")()[0]")).longValue();
    }

    /** Every event in view is what the filter finds next to the one before, and has its content. */
    private static void everyRowIsThere(Page page) {
        page.waitForFunction(
                """
                () => {
                    const seen = (%s)();
                    return seen.length > 5 && seen.every((sequence, i) => i === 0
                        || sequence === seen[i - 1] + (seen[i - 1] %% 4 === 3 ? 2 : 1));
                }
                """
                        .formatted(IN_VIEW));
    }

    private static final String IN_VIEW =
            """
            () => {
                const view = document.querySelector("#list .rows").getBoundingClientRect();
                const rows = [...document.querySelectorAll("#list .rows > .row:not([hidden])")]
                    .map((row) => [row, row.getBoundingClientRect()])
                    .filter(([, { top, bottom }]) => bottom > view.top && top < view.bottom)
                    .sort(([, a], [, b]) => a.top - b.top);
                return rows.some(([row]) => row.classList.contains("kind-unloaded")) ? []
                    : rows.map(([row]) => Number(row.dataset.sequence));
            }
            """;

    private static Page opened(String parameters) {
        Page page = opened(session, parameters);
        assertThat(page.locator("#status .counts")).containsText(FOUND + " found of 60 000 events");
        page.locator("#list .rows").focus();
        return page;
    }

    private static Page opened(UUID of, String parameters) {
        URI address = gateway.uri("/?session=" + of + "&" + parameters);
        return browser.open(address, 1280, 800, ColorScheme.DARK);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
