package kontor.orchestrator.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However often the coordinator dies, and wherever: every reload ends, no game stays frozen, what
 * an owner writes counts and what a zombie writes does not. The seed stands in the name of the test
 * that fails.
 */
final class ReloadCrashTest {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyReloadEndsAndEveryGameGoesOn(long seed) {
        CrashingReload lab = new CrashingReload(seed).run();

        assertThat(lab.unanswered()).isEmpty();
        assertThat(lab.frozen()).isEmpty();
    }

    @Test
    void theStormsReachEveryPhaseAndWakeZombies() {
        Set<Phase> reached = EnumSet.noneOf(Phase.class);
        int crashes = 0;
        int late = 0;
        for (long seed : seeds().limit(100).toArray()) {
            CrashingReload lab = new CrashingReload(seed).run();
            crashes += lab.crashes;
            late += lab.late;
            for (Input record : lab.control()) {
                if (record instanceof Input.Recorded(var _, ReloadStatus status)) {
                    reached.add(status.phase());
                }
            }
        }
        assertThat(reached).containsExactlyInAnyOrder(Phase.values());
        assertThat(crashes).isGreaterThan(100);
        assertThat(late).as("records written by zombies").isPositive();
    }
}
