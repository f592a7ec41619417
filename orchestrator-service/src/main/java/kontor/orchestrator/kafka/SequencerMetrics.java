package kontor.orchestrator.kafka;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import kontor.orchestrator.sequencer.Decision;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.Verdict;

/** Counts {@link SequencerMetric}s. Thread-safe. */
final class SequencerMetrics {

    private final Map<SequencerMetric, Counter> counters = new EnumMap<>(SequencerMetric.class);

    SequencerMetrics(MeterRegistry registry) {
        for (SequencerMetric metric : SequencerMetric.values()) {
            counters.put(metric, metric.register(registry));
        }
    }

    void count(Decision decision) {
        switch (decision.arrival()) {
            case IN_ORDER -> {}
            case DUPLICATE -> add(SequencerMetric.DUPLICATES, 1);
            case AFTER_GAP -> add(SequencerMetric.GAPS, 1);
        }
        for (SessionEvent event : decision.events()) {
            if (event.what() instanceof What.Adapter) {
                add(SequencerMetric.RECEIVED, 1);
                add(of(event.verdict()), 1);
            }
            add(SequencerMetric.COMMANDS, event.deliveries().size());
        }
    }

    void add(SequencerMetric metric, int amount) {
        requireNonNull(counters.get(metric)).increment(amount);
    }

    double value(SequencerMetric metric) {
        return requireNonNull(counters.get(metric)).count();
    }

    private static SequencerMetric of(Verdict verdict) {
        return switch (verdict) {
            case OBSERVED -> SequencerMetric.OBSERVED;
            case RELAYED -> SequencerMetric.RELAYED;
            case MUTATED -> SequencerMetric.MUTATED;
            case HELD -> SequencerMetric.HELD;
            case DROPPED -> SequencerMetric.DROPPED;
            case INJECTED -> SequencerMetric.INJECTED;
            case UNDELIVERABLE -> SequencerMetric.UNDELIVERABLE;
        };
    }
}
