package kontor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import kontor.simulation.world.Sabotage;
import org.junit.jupiter.api.Test;

/** A seed that fails can be run again only if everything in a run follows from it. */
final class DeterminismTest {

    private static final int SEEDS = 40;

    @Test
    void sameSeedHasTheSameTrace() {
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(trace(seed)).as("seed " + seed).isEqualTo(trace(seed));
        }
    }

    @Test
    void otherSeedsHaveOtherTraces() {
        Set<Long> traces = new HashSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            traces.add(trace(seed));
        }
        assertThat(traces).hasSize(SEEDS);
    }

    private static long trace(long seed) {
        return new Cluster(seed, Sabotage.NONE).run().world().trace().hash();
    }
}
