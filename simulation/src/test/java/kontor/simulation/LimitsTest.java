package kontor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.simulation.world.Sabotage;
import org.junit.jupiter.api.Test;

/** Counts and random choices of rules survive kills and changes of the owner. */
final class LimitsTest {

    private static final long SEEDS = 60;

    @Test
    void aLimitedRuleActsSoOftenAndNotOnceMore() {
        int takeovers = 0;
        int whole = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Cluster.Outcome outcome = new Cluster(seed, Sabotage.NONE).limiting().run();

            assertThat(outcome.violated()).as("seed %d", seed).isEmpty();
            List<SessionEvent> events = events(outcome);
            long acted =
                    events.stream()
                            .flatMap(event -> event.rules().hits().stream())
                            .filter(hit -> hit.rule().equals(Cluster.LIMITED))
                            .count();
            assertThat(acted).as("seed %d", seed).isLessThanOrEqualTo(Cluster.LIMIT);
            whole += acted == Cluster.LIMIT ? 1 : 0;
            takeovers += actedOverTakeovers(events) ? 1 : 0;
        }
        assertThat(whole).as("seeds with that many datagrams").isGreaterThan((int) SEEDS / 2);
        assertThat(takeovers).as("seeds in which several owners counted").isPositive();
    }

    private static boolean actedOverTakeovers(List<SessionEvent> events) {
        return events.stream()
                        .filter(event ->
                                event.rules().hits().stream()
                                        .anyMatch(hit -> hit.rule().equals(Cluster.LIMITED)))
                        .map(event -> event.stamp().ownerEpoch())
                        .distinct()
                        .count()
                > 1;
    }

    @Test
    void theSameSeedOfARuleImpairsTheSamePacketsTwice() {
        for (long seed = 0; seed < SEEDS / 3; seed++) {
            Map<String, List<String>> first = impaired(seed);

            assertThat(impaired(seed)).as("seed %d", seed).isEqualTo(first);
        }
    }

    /** What the rules did with each datagram, by its run. */
    private static Map<String, List<String>> impaired(long seed) {
        Map<String, List<String>> impaired = new TreeMap<>();
        for (SessionEvent event : events(new Cluster(seed, Sabotage.NONE).limiting().run())) {
            if (event.what() instanceof What.Adapter(AdapterEvent told)
                    && told.what() instanceof Happening.Datagram
                    && !event.rules().hits().isEmpty()) {
                impaired.computeIfAbsent(told.run().toString(), _ -> new ArrayList<>())
                        .add(told.sequence() + " " + event.verdict() + " " + event.detail());
            }
        }
        return impaired;
    }

    /** Those that count. */
    static List<SessionEvent> events(Cluster.Outcome outcome) {
        PartitionLog log = new PartitionLog();
        List<SessionEvent> events = new ArrayList<>();
        for (LogRecord record : outcome.world().topics().log().records()) {
            PartitionLog.Kind kind = log.fold(record).kind();
            if (record instanceof LogRecord.Entry(SessionEvent event)
                    && kind == PartitionLog.Kind.APPLIED) {
                events.add(event);
            }
        }
        return events;
    }
}
