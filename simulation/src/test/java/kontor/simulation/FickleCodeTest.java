package kontor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.Verdict;
import kontor.orchestrator.sequencer.Waiting;
import kontor.simulation.world.Sabotage;
import org.junit.jupiter.api.Test;

/**
 * A rule in Java that never says the same twice, in the middle of all faults: each packet that it
 * concerns goes on once, as the log says, and every owner and adapter goes by that.
 */
final class FickleCodeTest {

    private static final long SEEDS = 60;

    @Test
    void whatItConcernsGoesOnOnceAsTheLogSaysWhateverDies() {
        Map<Verdict, Integer> verdicts = new HashMap<>();
        int byAnother = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Cluster.Outcome outcome = new Cluster(seed, Sabotage.NONE).fickle().run();

            assertThat(outcome.violated()).as("seed %d", seed).isEmpty();
            byAnother += count(LimitsTest.events(outcome), verdicts);
        }
        assertThat(verdicts.keySet()).contains(Verdict.RELAYED, Verdict.MUTATED, Verdict.DROPPED);
        assertThat(byAnother).as("packets released by another owner than held them").isPositive();
    }

    @Test
    void anOwnerThatGoesByAnAnswerBeforeItsRecordIsSafeIsNoticed() {
        boolean isNoticed = false;
        for (long seed = 0; seed < 10 * SEEDS && !isNoticed; seed++) {
            Cluster.Outcome outcome = new Cluster(seed, Sabotage.SETTLED_TOO_EARLY).fickle().run();
            isNoticed = !outcome.violated().isEmpty();
        }
        assertThat(isNoticed).isTrue();
    }

    /**
     * @return how many were held by one owner and released by another
     */
    private static int count(List<SessionEvent> truth, Map<Verdict, Integer> verdicts) {
        Map<Long, Long> heldBy = new HashMap<>();
        Set<Long> released = new HashSet<>();
        int byAnother = 0;
        for (SessionEvent event : truth) {
            for (Waiting waiting : event.rules().waits()) {
                if (!waiting.codes().isEmpty()) {
                    heldBy.put(waiting.number(), event.stamp().ownerEpoch());
                }
            }
            if (event.what() instanceof What.Released gone && gone.code() != null) {
                assertThat(heldBy).containsKey(gone.number());
                assertThat(released.add(gone.number())).as("once").isTrue();
                verdicts.merge(event.verdict(), 1, Integer::sum);
                byAnother +=
                        heldBy.getOrDefault(gone.number(), 0L) < event.stamp().ownerEpoch() ? 1 : 0;
            }
        }
        return byAnother;
    }
}
