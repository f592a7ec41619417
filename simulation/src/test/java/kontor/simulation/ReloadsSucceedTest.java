package kontor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.reload.Input;
import kontor.orchestrator.reload.Phase;
import kontor.orchestrator.reload.ReloadStatus;
import kontor.simulation.world.Request;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;
import org.junit.jupiter.api.Test;

/** Invariants say what never happens; this, that a reload does what it is for. */
final class ReloadsSucceedTest {

    private static final int SEEDS = 100;

    @Test
    void whereNothingElseGoesWrongTheLogIsHandedOver() {
        Map<Phase, Integer> ends = new EnumMap<>(Phase.class);
        long handedOver = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Cluster.Outcome outcome =
                    new Cluster(seed, Sabotage.NONE, EnumSet.of(Fault.RELOAD)).run();
            assertThat(outcome.violated()).as("seed " + seed).isEmpty();
            ends(outcome.world()).forEach(phase -> ends.merge(phase, 1, Integer::sum));
            handedOver += handOvers(outcome.world());
        }
        int completed = ends.getOrDefault(Phase.COMPLETED, 0);
        assertThat(completed).isGreaterThan(SEEDS);
        assertThat(handedOver).isGreaterThanOrEqualTo(completed);
        // A broker that answers late makes a deadline pass now and then.
        assertThat(ends.getOrDefault(Phase.FAILED, 0)).as("%s", ends).isLessThan(completed / 10);
    }

    /** Of those that could begin, and that had no games to wait for. */
    private static Stream<Phase> ends(World world) {
        return world.topics().control().records().stream()
                .flatMap(ReloadsSucceedTest::status)
                .filter(status -> !status.freeze() && !status.detail().startsWith("refused"))
                .map(ReloadStatus::phase)
                .filter(phase -> phase == Phase.COMPLETED || phase == Phase.FAILED);
    }

    private static Stream<ReloadStatus> status(Request record) {
        return record instanceof Request.Heard(Input.Recorded recorded, var _)
                ? Stream.of(recorded.status())
                : Stream.of();
    }

    private static long handOvers(World world) {
        List<LogRecord> records = world.topics().log().records();
        return records.stream()
                .filter(record ->
                        record instanceof LogRecord.Release release
                                && !release.successorId().isEmpty())
                .count();
    }
}
