package kontor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.Verdict;
import kontor.simulation.world.Packet;
import kontor.simulation.world.Sabotage;
import org.junit.jupiter.api.Test;

/** What is injected in the middle of all faults is recorded, and reaches its game once at most. */
final class InjectionsTest {

    private static final long SEEDS = 40;

    @Test
    void eachIsRecordedAndDeliveredOnceWhateverDies() {
        long delivered = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Cluster.Outcome outcome = new Cluster(seed, Sabotage.NONE).injecting().run();

            assertThat(outcome.violated()).as("seed %d", seed).isEmpty();
            Set<Long> published =
                    outcome.world().topics().packets().records().stream()
                            .map(Packet::event)
                            .filter(event -> event.what() instanceof Happening.Injected)
                            .map(AdapterEvent::sequence)
                            .collect(Collectors.toSet());
            assertThat(recorded(outcome)).as("seed %d", seed).isEqualTo(published);
            delivered +=
                    outcome.world().topics().log().records().stream()
                            .filter(InjectionsTest::isDelivered)
                            .count();
        }
        assertThat(delivered).isGreaterThan(SEEDS);
    }

    private static Set<Long> recorded(Cluster.Outcome outcome) {
        return outcome.world().topics().log().records().stream()
                .flatMapToLong(record ->
                        record instanceof LogRecord.Entry(SessionEvent event)
                                        && event.what() instanceof What.Adapter(AdapterEvent told)
                                        && told.what() instanceof Happening.Injected
                                ? LongStream.of(told.sequence())
                                : LongStream.empty())
                .boxed()
                .collect(Collectors.toSet());
    }

    private static boolean isDelivered(LogRecord record) {
        return record instanceof LogRecord.Entry(SessionEvent event)
                && event.verdict() == Verdict.INJECTED;
    }
}
