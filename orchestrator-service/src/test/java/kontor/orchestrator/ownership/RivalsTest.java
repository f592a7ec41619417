package kontor.orchestrator.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import kontor.orchestrator.ownership.CrashingLab.Weather;
import kontor.orchestrator.sequencer.AdapterEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever displaced owners add, and whenever: readers and adapters see one undisturbed life. */
final class RivalsTest {

    private static final int LENGTH = 250;

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void zombiesAddNothingAndRepeatNothing(long seed) {
        List<AdapterEvent> packets = RandomInput.of(seed, LENGTH);
        CrashingLab calm = new CrashingLab(seed, packets).run(Weather.CALM);
        Rivals rivals = new Rivals(seed, packets).run();

        assertThat(rivals.zombies()).isPositive();
        assertThat(rivals.truth()).isEqualTo(calm.truth());
        assertThat(rivals.carriedOut()).isEqualTo(calm.carriedOut());
    }
}
