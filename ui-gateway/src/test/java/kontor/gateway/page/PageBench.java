package kontor.gateway.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static kontor.gateway.page.PageUnderTest.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.LargeSession;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleStack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How fast the page is, by the browser's own performance API. No test by its name: run by {@code
 * -Dtest=PageBench}, on a machine that does nothing else; eleven minutes, of which {@code
 * -Dpage.minutes=1} leaves two; a trace needs {@code "-Dkontor.jvm.test=-Xmx3g"}. Prints a table
 * for docs/PERFORMANCE.md, with the machine's load.
 */
class PageBench {

    private static final int EVENTS = 1_000_000;
    private static final int OPENINGS = 5;
    private static final int JUMPS = 40;
    private static final int RATE = Integer.getInteger("page.rate", 2_000);
    private static final int MINUTES = Integer.getInteger("page.minutes", 10);
    private static final int WARM_SECONDS = 20;
    private static final int TICKS = 100;

    /** A minute is traced in so many parts, as a trace is held in memory as a whole. */
    private static final int TRACES = 6;

    private static final double MEGABYTE = 1e6;

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> TABLE = new ArrayList<>();

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
        System.out.println("| what | measured | limit | load before, after |\n|---|---|---|---|");
        TABLE.forEach(System.out::println);
    }

    @Test
    void aMillionEventsOpenAndAnyIsJumpedTo() {
        UUID session = LargeSession.write(stack.jdbc(), "million", EVENTS);
        stack.jdbc().sql("vacuum analyze").update();
        URI address = gateway.uri("/?session=" + session);
        opened(address).context().close(); // Warms both sides.
        String before = load();
        List<Double> openings = new ArrayList<>();
        for (int i = 0; i < OPENINGS; i++) {
            Page page = opened(address);
            openings.add(number(page.evaluate("opened")));
            page.context().close();
        }
        print("1,000,000 events: the last row is drawn after", openings, "2,000 ms", before);
        before = load();
        Page page = opened(address);
        List<Double> jumps = new ArrayList<>();
        new Random(1).ints(JUMPS, 1, EVENTS).forEach(to -> jumps.add(jump(page, to)));
        print("a jump to any row, drawn after", jumps, "300 ms", before);
        assertThat(openings).allMatch(millis -> millis < 2_000);
        assertThat(jumps).allMatch(millis -> millis < 300);
    }

    /** A page that has drawn its last row, and noted in {@code opened} when. */
    private static Page opened(URI address) {
        Page page = browser.open(address, 1440, 900, ColorScheme.DARK, NOTE_LAST_ROW);
        page.evaluate(
                """
                async () => { while (!window.opened) await new Promise(requestAnimationFrame); }
                """);
        return page;
    }

    /** A row is there as soon as the session's length is known; it has content later. */
    private static final String NOTE_LAST_ROW =
            """
            const look = () => {
                const last = document.querySelector(
                    '#list .row[data-sequence="%d"]:not([hidden], .kind-unloaded)');
                if (last === null) requestAnimationFrame(look);
                else window.opened = performance.now();
            };
            requestAnimationFrame(look);
            """
                    .formatted(EVENTS);

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
    void aFloodOfEventsIsFollowedAndMemoryStaysFlat() {
        Flood flood = new Flood();
        Page page = browser.open(gateway.uri("/?session=" + flood.session.id() + "&tab=timeline"));
        assertThat(page.locator("#status .connection")).hasText("live");
        flood.run(WARM_SECONDS);
        CDPSession console = page.context().newCDPSession(page);
        List<Double> heap = new ArrayList<>(List.of(heap(console)));
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
        String before = load();
        List<Task> traced = new ArrayList<>();
        for (int part = 0; part < TRACES; part++) {
            browser.startTracing(page);
            flood.run(60 / TRACES);
            traced.addAll(tasks(browser.stopTracing()));
        }
        Tasks tasks = Tasks.of(traced);
        String after = load();
        List<?> found = (List<?>) requireNonNull(page.evaluate("long"));
        String what = "%,d events/s for a minute: ".formatted(RATE);
        print(
                what + "long tasks by the clock",
                "%d %s".formatted(found.size(), found),
                "0",
                before,
                after);
        print(
                what + "longest task by the clock, its processor time",
                "%s".formatted(tasks.byClock),
                "50 ms",
                before,
                after);
        print(
                what + "longest task by processor time, by the clock",
                "%s".formatted(tasks.byProcessor),
                "50 ms",
                before,
                after);
        print(
                what + "processor time of the page's thread",
                "%.0f %% of a core".formatted(tasks.totalMillis / 600),
                "",
                before,
                after);
        print(
                what + "frames per second",
                "%.0f".formatted(number(page.evaluate("frames")) / 60),
                "",
                before,
                after);
        double elements = number(page.evaluate("document.querySelectorAll('*').length"));
        heap.add(heap(console));
        for (int minute = 2; minute <= MINUTES; minute++) {
            flood.run(60);
            heap.add(heap(console));
        }
        print(
                "%,d events/s: heap after a collection, at each minute from 0 to %d"
                        .formatted(RATE, heap.size() - 1),
                heap.stream().map("%.1f"::formatted).collect(Collectors.joining(" ")) + " MB",
                "flat",
                before,
                load());
        assertThat(row(page, flood.session.lastSequence())).isVisible();
        assertThat(tasks.byProcessor.processorMillis).isLessThan(50);
        assertThat(number(page.evaluate("document.querySelectorAll('*').length")))
                .isBetween(elements * 0.9, elements * 1.1);
        assertThat(heap.getLast()).isLessThan(heap.get(1) * 1.1);
    }

    /** Two games that never stop. */
    private static final class Flood {

        private final SampleSession session =
                new SampleSession("flood", UUID.randomUUID(), 1, Instant.now());
        private final Random random = new Random(1);

        Flood() {
            stack.recordSession(session);
            session.takeSteps()
                    .forEach(step -> {
                        stack.record(step);
                        stack.publish(step);
                    });
        }

        void run(int seconds) {
            long began = System.nanoTime();
            for (int tick = 1; tick <= seconds * TICKS; tick++) {
                for (int i = 0; i < RATE / TICKS; i++) {
                    session.datagram(
                            i % 2 == 0 ? "game1" : "game2",
                            2350,
                            2350,
                            SampleMessages.x642(random.ints(4, 0, 99_999).toArray()));
                }
                session.takeSteps().forEach(stack::publishLater);
                if (tick % TICKS == 0) {
                    stack.awaitPublished();
                }
                long due = began + TimeUnit.MILLISECONDS.toNanos(tick * 1_000L / TICKS);
                LockSupport.parkNanos(due - System.nanoTime());
            }
        }
    }

    /** A task of the page's main thread. */
    private record Task(double clockMillis, double processorMillis) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f, %.0f ms", clockMillis, processorMillis);
        }
    }

    /**
     * The longest tasks, by the clock and by processor time: other work on the machine is not in
     * that.
     */
    private record Tasks(Task byClock, Task byProcessor, double totalMillis) {

        static Tasks of(List<Task> tasks) {
            return new Tasks(
                    tasks.stream().max(Comparator.comparingDouble(Task::clockMillis)).orElseThrow(),
                    tasks.stream()
                            .max(Comparator.comparingDouble(Task::processorMillis))
                            .orElseThrow(),
                    total(tasks));
        }

        private static double total(List<Task> tasks) {
            return tasks.stream().mapToDouble(Task::processorMillis).sum();
        }
    }

    /** The tasks of the page's main thread in a trace, which is read event by event. */
    private static List<Task> tasks(byte[] trace) {
        Map<Long, List<Task>> byThread = new HashMap<>();
        try (JsonParser parser = MAPPER.createParser(trace)) {
            while (!"traceEvents".equals(parser.nextName())) {
                requireNonNull(parser.currentToken(), "a trace has traceEvents");
            }
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                note(parser.readValueAsTree(), byThread);
            }
        }
        // The busiest thread is the page's: there is one page, and nothing is drawn by a GPU.
        return byThread.values().stream()
                .max(Comparator.comparingDouble(Tasks::total))
                .orElseThrow();
    }

    private static void note(JsonNode event, Map<Long, List<Task>> byThread) {
        if (event.path("name").asString("").endsWith("RunTask") && event.has("tdur")) {
            byThread.computeIfAbsent(
                            (event.get("pid").asLong() << 32) | event.get("tid").asLong(),
                            _ -> new ArrayList<>())
                    .add(
                            new Task(
                                    event.get("dur").asDouble() / 1000,
                                    event.get("tdur").asDouble() / 1000));
        }
    }

    /** Megabytes that are used by objects that live. */
    private static double heap(CDPSession console) {
        console.send("HeapProfiler.collectGarbage");
        return console.send("Runtime.getHeapUsage").get("usedSize").getAsDouble() / MEGABYTE;
    }

    private static void print(String what, List<Double> millis, String limit, String before) {
        List<Double> sorted = millis.stream().sorted().toList();
        print(
                what,
                "p50 %.0f ms, max %.0f ms of %d"
                        .formatted(sorted.get(sorted.size() / 2), sorted.getLast(), sorted.size()),
                limit,
                before,
                load());
    }

    private static void print(
            String what, String measured, String limit, String before, String after) {
        TABLE.add("| %s | %s | %s | %s, %s |".formatted(what, measured, limit, before, after));
    }

    /** What waited for a processor in the last minute, on average. */
    private static String load() {
        return "%.1f"
                .formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static double number(@Nullable Object value) {
        return ((Number) requireNonNull(value)).doubleValue();
    }
}
