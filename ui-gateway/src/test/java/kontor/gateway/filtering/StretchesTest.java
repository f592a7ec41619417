package kontor.gateway.filtering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import kontor.gateway.filtering.Stretches.Stretch;
import org.junit.jupiter.api.Test;

/** Where a filter has to search. */
class StretchesTest {

    private static final long END = Long.MAX_VALUE;

    @Test
    void blocksThatTouchAreOneStretch() {
        assertThat(Stretches.of(List.of(0L, 1L, 5L), 2).all())
                .containsExactly(new Stretch(0, 7), new Stretch(20, 23));
    }

    @Test
    void withoutBlocksThereIsNothingToSearch() {
        assertThat(Stretches.of(List.of(), 10).between(0, END, false)).isEmpty();
    }

    @Test
    void theWholeSessionEndsWithItsLastEvent() {
        assertThat(Stretches.through(100).between(5, 9, true)).containsExactly(new Stretch(6, 8));
        assertThat(Stretches.through(100).between(-1, END, false))
                .containsExactly(new Stretch(0, 100));
    }

    @Test
    void aRequestCutsStretchesAndLeavesOthersOut() {
        Stretches stretches = Stretches.of(List.of(0L, 2L, 4L), 2);

        assertThat(stretches.between(1, 10, false))
                .containsExactly(new Stretch(2, 3), new Stretch(8, 9));
        assertThat(stretches.between(1, 10, true))
                .containsExactly(new Stretch(8, 9), new Stretch(2, 3));
    }

    @Test
    void tooManyStretchesGrowTogetherAndLoseNoBlock() {
        List<Long> everyOther = LongStream.range(0, 1000).map(i -> 2 * i).boxed().toList();
        List<Stretch> far = Stretches.of(List.of(0L, 1000L, 1002L), 10).all();

        assertThat(Stretches.of(everyOther, 10).all())
                .hasSizeLessThanOrEqualTo(Stretches.MOST)
                .first()
                .extracting(Stretch::from)
                .isEqualTo(0L);
        assertThat(Stretches.of(everyOther, 10).all().getLast().through())
                .isEqualTo((1999L << 10) - 1);
        assertThat(far).hasSize(3);
    }
}
