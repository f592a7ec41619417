package kontor.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import kontor.filters.Compilation;
import kontor.filters.Filter;
import kontor.filters.FilterLanguage;
import kontor.filters.fields.Catalogue;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.fields.FieldType;
import kontor.gateway.events.EventSummary;
import kontor.gateway.events.FeedCursor;
import kontor.gateway.live.Sieve.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SieveTest {

    private static final UUID SESSION = new UUID(0, 1);
    private static final Filter OF_EVENTS = filter("frame.number > 0");
    private static final Filter OF_MESSAGES = filter("!dplay.command");

    private final List<String> got = new ArrayList<>();
    private Set<Long> wanted = Set.of();

    private static Filter filter(String text) {
        FilterLanguage language =
                new FilterLanguage(
                        Catalogue.withBuiltIns(
                                List.of(
                                        FieldDeclaration.of(
                                                "dplay.command", FieldType.INTEGER, "command"))));
        return switch (language.compile(text)) {
            case Compilation.Compiled(Filter filter) -> filter;
            case Compilation.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    /** Answers all questions as a database would that has everything. */
    private List<FeedItem> through(Sieve sieve, List<Question> questions) {
        List<FeedItem> items = new ArrayList<>();
        for (Question question : questions) {
            assertThat(question.sequences()).hasSizeLessThanOrEqualTo(Sieve.RANGE + 1);
            Set<Long> found =
                    question.sequences().stream()
                            .filter(wanted::contains)
                            .collect(Collectors.toSet());
            Map<Long, EventSummary> events = new HashMap<>();
            found.forEach(sequence -> events.put(sequence, Events.event(sequence)));
            items.addAll(sieve.answer(question, found, events));
        }
        return items;
    }

    private void keep(List<FeedItem> items) {
        for (FeedItem item : items) {
            switch (item) {
                case FeedItem.Event event -> got.add("event " + event.event().sequence());
                case FeedItem.Result result ->
                        got.add(
                                "result %d %s"
                                        .formatted(
                                                result.result().sequence(),
                                                result.result().analyzer()));
                case FeedItem.Gap gap -> got.add("gap " + gap.from());
                case FeedItem.Progress _ -> {}
            }
        }
    }

    private static FeedItem.Event event(FeedCursor before, long sequence) {
        return new FeedItem.Event(before.afterEvent(sequence), Events.event(sequence));
    }

    private static FeedItem.Result result(FeedCursor before, long sequence, String analyzer) {
        return new FeedItem.Result(
                before.afterResult(sequence, analyzer), Events.result(sequence, analyzer));
    }

    @Test
    void letsAnEventThroughAtOnceWhereItAloneDecides() {
        wanted = Set.of(1L, 3L);
        FeedCursor start = FeedCursor.at(SESSION, 0);
        Sieve sieve = new Sieve(OF_EVENTS, start);

        keep(through(sieve, sieve.questions(List.of(event(start, 1), event(start, 2)))));
        assertThat(got).containsExactly("event 1");

        FeedCursor then = start.afterEvent(2);
        keep(
                through(
                        sieve,
                        sieve.questions(
                                List.of(
                                        result(then, 1, "dplay"),
                                        result(then, 2, "dplay"),
                                        event(then, 3)))));
        assertThat(got).containsExactly("event 1", "result 1 dplay", "event 3");
    }

    @Test
    void waitsForAnalysisWhereMessagesDecide() {
        wanted = Set.of(1L, 2L);
        FeedCursor start = FeedCursor.at(SESSION, 0);
        Sieve sieve = new Sieve(OF_MESSAGES, start);

        List<FeedItem> items =
                through(sieve, sieve.questions(List.of(event(start, 1), event(start, 2))));
        assertThat(items).singleElement().isInstanceOf(FeedItem.Progress.class);
        assertThat(items.getFirst().cursor().events()).isEqualTo(2);

        keep(through(sieve, sieve.questions(List.of(result(start.afterEvent(2), 2, "dplay")))));
        assertThat(got).containsExactly("event 1", "event 2", "result 2 dplay");
    }

    @Test
    void decidesAtTheEndWhatHasNoMessages() {
        wanted = Set.of(7L);
        FeedCursor start = FeedCursor.at(SESSION, 5);
        Sieve sieve = new Sieve(OF_MESSAGES, start);
        keep(through(sieve, sieve.rest(start.afterEvent(8))));
        assertThat(got).containsExactly("event 7");
        assertThat(sieve.rest(start.afterEvent(8))).isEmpty();
    }

    @Test
    void asksAboutManyEventsInParts() {
        wanted = LongStream.rangeClosed(1, 5000).boxed().collect(Collectors.toSet());
        FeedCursor start = FeedCursor.at(SESSION, 0);
        Sieve sieve = new Sieve(OF_MESSAGES, start);
        List<Question> questions =
                sieve.questions(List.of(result(start.afterEvent(5000), 5000, "dplay")));
        assertThat(questions).hasSizeGreaterThan(9);
        assertThat(through(sieve, questions))
                .filteredOn(FeedItem.Event.class::isInstance)
                .hasSize(5000);
    }

    @Test
    void doesNotRepeatAnEventForASecondAnalyzer() {
        wanted = Set.of(1L);
        FeedCursor start = FeedCursor.at(SESSION, 0);
        Sieve sieve = new Sieve(OF_MESSAGES, start);
        FeedItem.Result first = result(start.afterEvent(1), 1, "dplay");
        FeedItem.Result second = result(first.cursor(), 1, "other");
        keep(through(sieve, sieve.questions(List.of(first, second))));
        assertThat(got).containsExactly("event 1", "result 1 dplay", "result 1 other");
    }

    /** Broken off behind every item, whatever was wanted: the same items come, each once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void goesOnWhereItWasBrokenOffWithoutLossOrRepeat(long seed) {
        Random random = new Random(seed);
        wanted = new TreeSet<>();
        Set<String> expected = new TreeSet<>();
        Map<Long, List<String>> analyzers = new HashMap<>();
        int last = 30;
        for (long s = 1; s <= last; s++) {
            boolean analysed = s == last || random.nextBoolean();
            analyzers.put(
                    s,
                    !analysed
                            ? List.of()
                            : random.nextBoolean() ? List.of("dplay") : List.of("dplay", "other"));
            if (random.nextBoolean()) {
                wanted.add(s);
                expected.add("event " + s);
                for (String analyzer : analyzers.getOrDefault(s, List.of())) {
                    expected.add("result %d %s".formatted(s, analyzer));
                }
            }
        }
        for (Filter filter : List.of(OF_EVENTS, OF_MESSAGES)) {
            got.clear();
            FeedCursor cursor = FeedCursor.at(SESSION, 0);
            while (cursor.events() < last
                    || cursor.results() < last
                    || !hadAll(cursor, analyzers)) {
                Sieve sieve = new Sieve(filter, cursor);
                List<FeedItem> items =
                        through(sieve, sieve.questions(feed(cursor, analyzers, last, random)));
                List<FeedItem> taken = items.subList(0, 1 + random.nextInt(items.size()));
                keep(taken);
                cursor = FeedCursor.parse(taken.getLast().cursor().toString()).orElseThrow();
            }
            assertThat(got)
                    .as("seed %d, %s", seed, filter.text())
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static boolean hadAll(FeedCursor cursor, Map<Long, List<String>> analyzers) {
        return analyzers.getOrDefault(cursor.results(), List.of()).stream()
                .allMatch(analyzer -> cursor.hasHad(cursor.results(), analyzer));
    }

    /** Some of what a feed gives behind a place, results never before their events. */
    private static List<FeedItem> feed(
            FeedCursor start, Map<Long, List<String>> analyzers, int last, Random random) {
        List<FeedItem> items = new ArrayList<>();
        FeedCursor cursor = start;
        for (int n = 1 + random.nextInt(6); n > 0 && cursor.events() < last; n--) {
            items.add(event(cursor, cursor.events() + 1));
            cursor = items.getLast().cursor();
        }
        for (long s = Math.max(1, start.results()); s <= cursor.events(); s++) {
            for (String analyzer : analyzers.getOrDefault(s, List.of())) {
                if (!cursor.hasHad(s, analyzer)) {
                    items.add(result(cursor, s, analyzer));
                    cursor = items.getLast().cursor();
                }
            }
        }
        return items;
    }
}
