package kontor.gateway.filtering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import kontor.gateway.filtering.Stretches.Stretch;
import org.junit.jupiter.api.Test;

/** Which steps a search for a page goes in. */
class SearchTest {

    private static final List<Stretch> MILLION = List.of(new Stretch(0, 999_999));

    @Test
    void thePageThatIsFullEndsTheSearch() {
        Search search = new Search(MILLION, false, 200);

        assertThat(search.next()).isEqualTo(new Stretch(0, 8_191));
        search.found(150);
        assertThat(search.hasNext()).isTrue();
        assertThat(search.wanted()).isEqualTo(50);
        assertThat(search.next()).isEqualTo(new Stretch(8_192, 40_959));
        search.found(50);

        assertThat(search.hasNext()).isFalse();
    }

    @Test
    void whereNothingWasFoundTheRestIsReadAtOnce() {
        assertThat(steps(MILLION, false, 0))
                .containsExactly(
                        new Stretch(0, 8_191),
                        new Stretch(8_192, 40_959),
                        new Stretch(40_960, 999_999));
        assertThat(steps(MILLION, true, 0))
                .containsExactly(
                        new Stretch(991_808, 999_999),
                        new Stretch(959_040, 991_807),
                        new Stretch(0, 959_039));
    }

    @Test
    void aStepIsAsLongAsWhatWasFoundMakesLikely() {
        Search search = new Search(MILLION, false, 200);

        search.next();
        search.found(32);
        search.next();
        search.found(128);

        // 160 in 40,960: the other 40 are likely in 10,240.
        assertThat(search.next().length()).isEqualTo(2 * 10_240);
    }

    @Test
    void stepsHaveAllEventsOfTheirStretchesOnce() {
        List<Stretch> stretches =
                Stretches.of(LongStream.range(0, 40).map(i -> 3 * i).boxed().toList(), 10)
                        .between(-1, Long.MAX_VALUE, false);

        List<Stretch> steps = steps(stretches, false, 1);

        assertThat(steps.stream().flatMapToLong(SearchTest::sequences).toArray())
                .isEqualTo(stretches.stream().flatMapToLong(SearchTest::sequences).toArray());
    }

    @Test
    void longStepsAreNotReadInTheOrderOfTheIndex() {
        List<String> orders = new ArrayList<>();

        List<Long> found =
                Search.first(
                        3,
                        MILLION,
                        true,
                        (step, order, most) -> {
                            orders.add(order.by("n"));
                            return LongStream.of(900_000, 970_000, 5)
                                    .filter(n -> step.from() <= n && n <= step.through())
                                    .limit(most)
                                    .boxed()
                                    .toList();
                        });

        assertThat(found).containsExactly(970_000L, 900_000L, 5L);
        assertThat(orders).containsExactly("n desc", "n desc", "n + 0 desc");
    }

    private static LongStream sequences(Stretch stretch) {
        return LongStream.rangeClosed(stretch.from(), stretch.through());
    }

    /** With so many rows in each step and never enough of them. */
    private static List<Stretch> steps(List<Stretch> stretches, boolean backwards, int rows) {
        Search search = new Search(stretches, backwards, Integer.MAX_VALUE);
        List<Stretch> steps = new ArrayList<>();
        while (search.hasNext()) {
            steps.add(search.next());
            search.found(rows);
        }
        return steps;
    }
}
