package kontor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

/**
 * What is injected in the middle of all faults is recorded, and reaches its game once at most; into
 * streams it comes between messages.
 */
final class InjectionsTest {

    private static final long SEEDS = 40;

    @Test
    void eachIsRecordedAndDeliveredOnceWhateverDies() {
        long delivered = 0;
        Map<String, Integer> intoStreams = new TreeMap<>();
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
            outcome.world().topics().log().records().forEach(record -> count(record, intoStreams));
        }
        assertThat(delivered).isGreaterThan(SEEDS);
        // Each way that an injection into a stream can go is met often.
        assertThat(intoStreams)
                .containsKeys(
                        "injected",
                        "no such flow was opened",
                        "flow is closed",
                        "game1 has written N bytes, not N");
        assertThat(intoStreams.getOrDefault("injected", 0)).isGreaterThan((int) SEEDS);
    }

    /** Into streams: how often it ended how. */
    private static void count(LogRecord record, Map<String, Integer> ends) {
        if (record instanceof LogRecord.Entry(SessionEvent event)
                && event.what() instanceof What.Adapter(AdapterEvent told)
                && told.what() instanceof Happening.InjectedData) {
            boolean injected = event.verdict() == Verdict.INJECTED;
            String end = injected ? "injected" : event.detail().replaceAll("\\b[0-9]+\\b", "N");
            ends.merge(end, 1, Integer::sum);
        }
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
