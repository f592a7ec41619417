package kontor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import kontor.adapter.capture.Observation;
import kontor.simulation.world.Packet;
import kontor.simulation.world.Sabotage;
import kontor.simulation.world.World;
import kontor.vocabulary.FlowReference;
import org.junit.jupiter.api.Test;

/** Invariants say what never happens; this, that streams longer than their windows are met. */
final class WindowsMoveTest {

    private static final int SEEDS = 100;

    @Test
    void streamsLongerThanTheirFirstWindowFlowThoughNothingButConfirmationsOpensIt() {
        long confirmations = 0;
        long longer = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Cluster.Outcome outcome = new Cluster(seed, Sabotage.NONE).run();
            assertThat(outcome.violated()).as("seed " + seed).isEmpty();
            World world = outcome.world();
            if (world.weather().windowPatience() > 0) {
                continue;
            }
            Map<FlowReference, Long> lengths = new HashMap<>();
            for (Packet packet : world.topics().packets().records()) {
                switch (packet.captured().what()) {
                    case Observation.FlowConfirmed _ -> confirmations++;
                    case Observation.FlowData data ->
                            lengths.merge(
                                    data.flow(),
                                    data.streamOffset() + data.payload().length(),
                                    Math::max);
                    case Observation _ -> {}
                }
            }
            long firstWindow = 2L * world.weather().confirmAfter();
            longer += lengths.values().stream().filter(length -> length > 2 * firstWindow).count();
        }
        assertThat(confirmations).isGreaterThan(10 * SEEDS);
        assertThat(longer).isGreaterThan(2 * SEEDS);
    }
}
