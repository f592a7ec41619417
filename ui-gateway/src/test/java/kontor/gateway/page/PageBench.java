package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static kontor.gateway.page.PageUnderTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.LargeSession;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleStack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How fast the page is, by the browser's own performance API. No test by its name: run by {@code
 * -Dtest=PageBench}, on a machine that does nothing else. Prints its figures for
 * docs/PERFORMANCE.md.
 */
class PageBench {

    private static final int EVENTS = 1_000_000;
    private static final int JUMPS = 20;
    private static final int RATE = Integer.getInteger("page.rate", 2_000);
    private static final int SECONDS = Integer.getInteger("page.seconds", 60);
    private static final int WARM_SECONDS = 10;
    private static final int TICKS = 100;

    private static SampleStack stack;
    private static GatewayUnderTest gateway;
    private static PageUnderTest browser;

    @BeforeAll
    static void start() {
        browser = new PageUnderTest();
        stack = new SampleStack();
        gateway = GatewayUnderTest.on(stack);
        gateway.awaitReady();
    }

    @AfterAll
    static void stop() {
        browser.close();
        gateway.close();
        stack.close();
    }

    @Test
    void aMillionEventsOpenAndAnyIsJumpedTo() {
        UUID session = LargeSession.write(stack.jdbc(), "million", EVENTS);
        stack.jdbc().sql("analyze").update();
        browser.open(gateway.uri("/?session=" + session)).context().close(); // Warms both sides.
        Page page = browser.open(gateway.uri("/?session=" + session));
        // A row is there as soon as the session's length is known; it has content later.
        assertThat(row(page, EVENTS)).not().hasClass(Pattern.compile("kind-unloaded"));
        double opened =
                number(
                        page.evaluate(
                                "() => Math.max(...performance.getEntriesByType('resource')"
                                        + ".filter(({ name }) => name.includes('/events?'))"
                                        + ".map(({ responseEnd }) => responseEnd))"));
        List<Double> jumps =
                new Random(1)
                        .ints(JUMPS, 1, EVENTS)
                        .mapToObj(to -> jump(page, to))
                        .sorted()
                        .toList();
        System.out.printf(
                "1,000,000 events: first page of rows %.0f ms after navigation began;"
                        + " jump p50 %.0f ms, max %.0f ms%n",
                opened, jumps.get(JUMPS / 2), jumps.getLast());
        assertThat(opened).isBetween(0.0, 2_000.0);
        assertThat(jumps.getLast()).isLessThan(300);
    }

    /** From the wish to the row being drawn with its content, in milliseconds. */
    private static double jump(Page page, int to) {
        page.locator("#list .rows").focus();
        page.keyboard().press(":");
        page.locator("dialog input").fill(Integer.toString(to));
        return number(
                page.evaluate(
                        """
                        async (to) => {
                            const begin = performance.now();
                            document.querySelector("dialog form").requestSubmit();
                            const there = () => document.querySelector(
                                `#list .row[data-sequence="${to}"].selected:not([hidden], .kind-unloaded)`);
                            while (there() === null) await new Promise(requestAnimationFrame);
                            return performance.now() - begin;
                        }
                        """,
                        to));
    }

    @Test
    void aFloodOfEventsIsFollowed() {
        SampleSession session = new SampleSession("flood", UUID.randomUUID(), 1, Instant.now());
        Random random = new Random(1);
        for (int i = 0; i < RATE * (SECONDS + WARM_SECONDS); i++) {
            session.datagram(
                    i % 2 == 0 ? "game1" : "game2",
                    2350,
                    2350,
                    SampleMessages.x642(random.ints(4, 0, 99_999).toArray()));
        }
        stack.recordSession(session);
        List<SampleSession.Step> steps = session.steps();
        steps.subList(0, 2).forEach(stack::record);
        Page page = browser.open(gateway.uri("/?session=" + session.id() + "&tab=timeline"));
        assertThat(page.locator("#status .connection")).hasText("live");
        int done = send(steps, 0, WARM_SECONDS);
        page.evaluate(
                """
                () => {
                    window.long = [];
                    window.frames = 0;
                    const frame = () => { window.frames++; requestAnimationFrame(frame); };
                    requestAnimationFrame(frame);
                    new PerformanceObserver((list) => window.long.push(
                        ...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
                }
                """);
        double before = heap(page);
        browser.startTracing(page);
        long began = System.nanoTime();
        done = send(steps, done, SECONDS);
        double seconds = (System.nanoTime() - began) / 1e9;
        Tasks tasks = Tasks.of(browser.stopTracing());
        @SuppressWarnings("unchecked")
        Map<String, Object> found =
                (Map<String, Object>)
                        page.evaluate(
                                "() => ({ count: long.length, max: Math.max(0, ...long), frames"
                                        + " })");
        System.out.printf(
                "%d events/s for %.0f s: %s long tasks by the clock, longest %s ms; by processor"
                    + " time longest %.0f ms, %.0f %% of a core; %.0f frames/s; heap %.1f to %.1f"
                    + " MB%n",
                RATE,
                seconds,
                found.get("count"),
                found.get("max"),
                tasks.longestMillis(),
                tasks.totalMillis() / seconds / 10,
                number(found.get("frames")) / seconds,
                before / 1e6,
                heap(page) / 1e6);
        assertThat(tasks.longestMillis()).isLessThan(50);
        int shown = done;
        assertThat(row(page, shown)).isVisible();
    }

    /**
     * The tasks of the page's main thread, by processor time: other work on the machine is not in
     * it.
     */
    private record Tasks(double longestMillis, double totalMillis) {

        static Tasks of(byte[] trace) {
            Map<Long, double[]> byThread = new HashMap<>();
            for (JsonNode event : new JsonMapper().readTree(trace).get("traceEvents")) {
                if (event.path("name").asString("").endsWith("RunTask") && event.has("tdur")) {
                    double millis = event.get("tdur").asDouble() / 1000;
                    double[] sums =
                            byThread.computeIfAbsent(
                                    (event.get("pid").asLong() << 32) | event.get("tid").asLong(),
                                    _ -> new double[2]);
                    sums[0] = Math.max(sums[0], millis);
                    sums[1] += millis;
                }
            }
            // The busiest thread is the page's: there is one page, and nothing is drawn by a GPU.
            double[] page =
                    byThread.values().stream()
                            .max(Comparator.comparingDouble(sums -> sums[1]))
                            .orElseThrow();
            return new Tasks(page[0], page[1]);
        }
    }

    /** Returns how many of the steps have been sent by then. */
    private static int send(List<SampleSession.Step> steps, int from, int seconds) {
        long began = System.nanoTime();
        int to = from;
        for (int tick = 0; tick < seconds * TICKS; tick++) {
            int end = Math.min(steps.size(), from + (tick + 1) * RATE / TICKS);
            for (; to < end; to++) {
                stack.publishLater(steps.get(to));
            }
            long due = began + TimeUnit.MILLISECONDS.toNanos((tick + 1) * 1_000L / TICKS);
            LockSupport.parkNanos(due - System.nanoTime());
        }
        stack.awaitPublished();
        return to;
    }

    private static double heap(Page page) {
        return number(page.evaluate("() => performance.memory.usedJSHeapSize"));
    }

    private static double number(@Nullable Object value) {
        return ((Number) requireNonNull(value)).doubleValue();
    }
}
