package kontor.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import kontor.gateway.events.EventSummary;
import kontor.gateway.events.FeedCursor;
import kontor.gateway.messages.AnalysisNews;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Feeds against a log, a database that is behind it, and a reader that breaks off and comes back.
 */
class FeedTest {

    private static final UUID SESSION = new UUID(0, 1);
    private static final long POLL = 10;
    private static final long IDLE_POLL = 100;

    private final LiveSessions live =
            new LiveSessions(
                    new LiveSessions.Bounds(4, 200),
                    new LiveSession.Capacity(20, 1 << 20),
                    session -> {});
    private final TreeMap<Long, EventSummary> recorded = new TreeMap<>();
    private final List<AnalysisNews> recordedResults = new ArrayList<>();
    private final List<String> got = new ArrayList<>();
    private long now;
    private boolean databaseAway;
    private Feed feed = feed(FeedCursor.at(SESSION, 0));

    private Feed feed(FeedCursor start) {
        return new Feed(start, 7, POLL, IDLE_POLL, now);
    }

    private void hear(long sequence) {
        live.onEvent(SESSION, "default", 0, true, Events.heard(Events.event(sequence)));
    }

    private void record(long sequence) {
        recorded.put(sequence, Events.event(sequence));
    }

    /** Takes one step; the step that it took. */
    private FeedStep step() {
        @Nullable LiveSession session = live.find(SESSION).orElse(null);
        FeedStep step = feed.next(session, now);
        switch (step) {
            case FeedStep.Emit emit -> keep(emit.items());
            case FeedStep.ReadEvents read -> {
                if (databaseAway) {
                    feed.onDatabaseAway(now);
                } else {
                    List<EventSummary> rows =
                            recorded.tailMap(read.after(), false).values().stream()
                                    .limit(read.limit())
                                    .toList();
                    keep(feed.onEvents(rows, session, now));
                }
            }
            case FeedStep.ReadResults read -> {
                if (databaseAway) {
                    feed.onDatabaseAway(now);
                } else {
                    List<AnalysisNews> rows =
                            recordedResults.stream()
                                    .filter(r -> r.sequence() >= read.from())
                                    .filter(r -> r.sequence() <= read.through())
                                    .limit(read.limit())
                                    .toList();
                    keep(feed.onResults(rows, now));
                }
            }
            case FeedStep.Await await -> assertThat(await.nanos()).isPositive();
        }
        return step;
    }

    private void keep(List<FeedItem> items) {
        for (FeedItem item : items) {
            got.add(
                    switch (item) {
                        case FeedItem.Event event -> "event " + event.event().sequence();
                        case FeedItem.Result result ->
                                "result "
                                        + result.result().sequence()
                                        + " "
                                        + result.result().analyzer();
                        case FeedItem.Gap gap -> "gap " + gap.from() + "-" + gap.to();
                        case FeedItem.Progress progress -> "progress " + progress.cursor();
                    });
        }
    }

    private void untilWaiting() {
        for (int i = 0; i < 10_000; i++) {
            if (step() instanceof FeedStep.Await) {
                return;
            }
        }
        throw new AssertionError("it never waits");
    }

    private static List<String> events(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(n -> "event " + n).toList();
    }

    @Test
    void givesALiveSessionFromMemoryWithoutTheDatabase() {
        databaseAway = true;
        LongStream.rangeClosed(1, 15).forEach(this::hear);
        untilWaiting();

        assertThat(got).isEqualTo(events(1, 15));
    }

    @Test
    void givesAnEndedSessionFromTheDatabase() {
        LongStream.rangeClosed(1, 50).forEach(this::record);
        recorded.put(51L, Events.event(51, "session_ended"));
        untilWaiting();

        assertThat(got).isEqualTo(events(1, 51));
        now += POLL;
        untilWaiting();
        assertThat(step()).isEqualTo(new FeedStep.Await(Long.MAX_VALUE));
    }

    @Test
    void fallsBackToTheDatabaseWhenMemoryHasMovedOn() {
        LongStream.rangeClosed(1, 5).forEach(this::hear);
        untilWaiting();
        LongStream.rangeClosed(6, 100).forEach(this::hear);
        LongStream.rangeClosed(1, 100).forEach(this::record);
        untilWaiting();

        assertThat(got).isEqualTo(events(1, 100));
    }

    @Test
    void waitsForAJournalThatIsBehindWhatMemoryHas() {
        LongStream.rangeClosed(1, 100).forEach(this::hear);
        LongStream.rangeClosed(1, 30).forEach(this::record);
        untilWaiting();
        assertThat(got).isEqualTo(events(1, 30));

        LongStream.rangeClosed(31, 85).forEach(this::record);
        untilWaiting();
        assertThat(got).as("too early to ask again").isEqualTo(events(1, 30));
        now += POLL;
        untilWaiting();

        assertThat(got).isEqualTo(events(1, 100));
    }

    @Test
    void saysAGapThatTheDatabaseHas() {
        List.of(1L, 2L, 6L, 7L).forEach(this::record);
        untilWaiting();

        assertThat(got).containsExactly("event 1", "event 2", "gap 3-5", "event 6", "event 7");
    }

    @Test
    void leavesAHoleInMemoryToTheDatabase() {
        List.of(1L, 2L).forEach(this::hear);
        hear(4);
        LongStream.rangeClosed(1, 4).forEach(this::record);
        untilWaiting();

        assertThat(got).isEqualTo(events(1, 4));
    }

    @Test
    void givesResultsOnceAndNeverBeforeTheirEvent() {
        hear(1);
        live.onResult(SESSION, "default", Events.heard(Events.result(2, "dplay")));
        untilWaiting();
        assertThat(got).containsExactly("event 1");

        hear(2);
        live.onResult(SESSION, "default", Events.heard(Events.result(2, "x642")));
        live.onResult(SESSION, "default", Events.heard(Events.result(2, "dplay")));
        untilWaiting();
        assertThat(got).containsExactly("event 1", "event 2", "result 2 dplay", "result 2 x642");
    }

    @Test
    void needsNoDatabaseWhereAResultWasHeardBeforeTheSessionsFirstEvent() {
        databaseAway = true;
        live.onResult(SESSION, "default", Events.heard(Events.result(1, "dplay")));
        hear(1);
        live.onResult(SESSION, "default", Events.heard(Events.result(2, "dplay")));
        hear(2);
        untilWaiting();

        assertThat(got)
                .containsExactlyInAnyOrder(
                        "event 1", "event 2", "result 1 dplay", "result 2 dplay");
    }

    @Test
    void goesOnAfterTheDatabaseWasAway() {
        databaseAway = true;
        LongStream.rangeClosed(1, 9).forEach(this::record);
        untilWaiting();
        assertThat(got).isEmpty();

        databaseAway = false;
        now += IDLE_POLL;
        untilWaiting();
        assertThat(got).isEqualTo(events(1, 9));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void nothingIsLostRepeatedOrReorderedWhateverHappens(long seed) {
        Random random = new Random(seed);
        List<AnalysisNews> log = new ArrayList<>();
        boolean listening = random.nextBoolean();
        long first = listening ? 1 : 30;
        long heard = 0;
        int analysed = 0;
        long total = 400;
        for (long n = 1; n <= total; n++) {
            if (n % 3 == 0) {
                log.add(Events.result(n, "dplay"));
            }
            if (n % 5 == 0) {
                log.add(Events.result(n, "x642"));
            }
        }
        while (heard < total || recorded.size() < total || analysed < log.size()) {
            now += random.nextInt(30);
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    for (int i = random.nextInt(12); i > 0 && heard < total; i--) {
                        heard++;
                        if (heard >= first) {
                            hear(heard);
                        }
                    }
                }
                case 2 -> {
                    long to = Math.min(heard, recorded.size() + random.nextInt(25));
                    LongStream.rangeClosed(recorded.size() + 1, to).forEach(this::record);
                }
                case 3 -> {
                    for (int i = random.nextInt(8); i > 0 && analysed < log.size(); i--) {
                        if (log.get(analysed).sequence() > heard) {
                            break;
                        }
                        // Analysis writes a whole event's results before it publishes them.
                        AnalysisNews next = log.get(analysed++);
                        log.stream()
                                .filter(r -> r.sequence() == next.sequence())
                                .filter(r -> !recordedResults.contains(r))
                                .forEach(recordedResults::add);
                        if (next.sequence() >= first) {
                            live.onResult(SESSION, "default", Events.heard(next));
                        }
                    }
                }
                case 4 -> feed = feed(FeedCursor.parse(feed.cursor().toString()).orElseThrow());
                case 5 -> databaseAway = random.nextInt(4) == 0;
                default -> step();
            }
        }
        databaseAway = false;
        for (int i = 0; i < 50; i++) {
            now += IDLE_POLL;
            untilWaiting();
        }

        assertThat(got.stream().filter(g -> g.startsWith("event") || g.startsWith("gap")))
                .containsExactlyElementsOf(events(1, total));
        assertThat(got.stream().filter(g -> g.startsWith("result")))
                .containsExactlyInAnyOrderElementsOf(
                        log.stream()
                                .map(r -> "result " + r.sequence() + " " + r.analyzer())
                                .toList());
        for (AnalysisNews result : log) {
            assertThat(got.indexOf("result " + result.sequence() + " " + result.analyzer()))
                    .isGreaterThan(got.indexOf("event " + result.sequence()));
        }
    }
}
