package kontor.orchestrator.metrics;

import static kontor.orchestrator.metrics.SequencerMetric.DROPPED;
import static kontor.orchestrator.metrics.SequencerMetric.DUPLICATES;
import static kontor.orchestrator.metrics.SequencerMetric.HELD;
import static kontor.orchestrator.metrics.SequencerMetric.MUTATED;
import static kontor.orchestrator.metrics.SequencerMetric.OBSERVED;
import static kontor.orchestrator.metrics.SequencerMetric.RECEIVED;
import static kontor.orchestrator.metrics.SequencerMetric.RELAYED;
import static kontor.orchestrator.metrics.SequencerMetric.UNDELIVERABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Decision;
import kontor.orchestrator.sequencer.Input;
import kontor.orchestrator.sequencer.InputPosition;
import kontor.orchestrator.sequencer.Sequencer;
import kontor.orchestrator.sequencer.Stamp;
import kontor.orchestrator.sequencer.StandInAdapter;
import org.junit.jupiter.api.Test;

final class SequencerMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SequencerMetrics metrics = new SequencerMetrics(registry);
    private final Sequencer sequencer = new Sequencer(Duration.ofSeconds(60));
    private final PartitionLog log = new PartitionLog();

    @Test
    void whatWasReceivedHasExactlyOneVerdict() {
        StandInAdapter game1 = new StandInAdapter(1, 1, 2);
        StandInAdapter game2 = new StandInAdapter(2, 1, 2);
        take(game1.starts());
        take(game2.starts());
        take(game1.sends(game1.own(1), game1.peer(2, 1), "relayed"));
        take(game1.sends(game1.own(1), game1.peer(9, 1), "undeliverable"));
        AdapterEvent twice = game2.stops();
        take(twice);
        take(twice);

        assertThat(metrics.value(RECEIVED)).isEqualTo(5);
        assertThat(metrics.value(DUPLICATES)).isEqualTo(1);
        assertThat(
                        Stream.of(OBSERVED, RELAYED, MUTATED, HELD, DROPPED, UNDELIVERABLE)
                                .mapToDouble(metrics::value)
                                .sum())
                .isEqualTo(metrics.value(RECEIVED));
    }

    @Test
    void whatIsTakenInIsTimedFromItsCaptureAndNeverForLessThanNothing() {
        StandInAdapter game1 = new StandInAdapter(1, 1, 2);
        AdapterEvent start = game1.starts();
        take(start, start.capturedAtMicros() + 1_500);
        AdapterEvent byAClockThatIsAhead = game1.stops();
        take(byAClockThatIsAhead, byAClockThatIsAhead.capturedAtMicros() - 7);
        take(byAClockThatIsAhead, byAClockThatIsAhead.capturedAtMicros() + 9_000_000);

        Timer firstHalf = registry.get("kontor.sequencer.way").timer();
        assertThat(firstHalf.count()).isEqualTo(2);
        assertThat(firstHalf.totalTime(TimeUnit.MICROSECONDS)).isEqualTo(1_500);
    }

    private void take(AdapterEvent event) {
        take(event, 1);
    }

    private void take(AdapterEvent event, long nowMicros) {
        Decision decision =
                sequencer.decide(
                        event.lab(),
                        log.lab(event.lab()),
                        new Input.Captured(event, new InputPosition("kontor.packets", 0, 0)),
                        new Stamp(1, nowMicros));
        decision.events().forEach(e -> log.fold(new LogRecord.Entry(e)));
        metrics.count(decision);
    }
}
