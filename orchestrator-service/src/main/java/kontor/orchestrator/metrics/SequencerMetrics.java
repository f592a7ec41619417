package kontor.orchestrator.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kontor.orchestrator.sequencer.AdapterEvent;
import kontor.orchestrator.sequencer.Decision;
import kontor.orchestrator.sequencer.Happening;
import kontor.orchestrator.sequencer.SessionEvent;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.orchestrator.sequencer.Verdict;

/** Counts {@link SequencerMetric}s, and how long events take to be sequenced. Thread-safe. */
public final class SequencerMetrics {

    /** As the adapters' timers have it, so that the halves of the path can be compared. */
    private static final Duration SHORTEST = Duration.ofNanos(100_000);

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Map<SequencerMetric, Counter> counters = new EnumMap<>(SequencerMetric.class);
    private final Timer firstHalf;
    private final ReloadMeters reloads;

    public SequencerMetrics(MeterRegistry registry) {
        for (SequencerMetric metric : SequencerMetric.values()) {
            counters.put(metric, metric.register(registry));
        }
        firstHalf =
                Timer.builder("kontor.sequencer.way")
                        .description(
                                "From the capture at the game to the place in the session, by the"
                                        + " wall clocks")
                        .publishPercentileHistogram()
                        .minimumExpectedValue(SHORTEST)
                        .maximumExpectedValue(LONGEST)
                        .register(registry);
        reloads = new ReloadMeters(registry);
    }

    public void count(Decision decision) {
        switch (decision.arrival()) {
            case IN_ORDER -> {}
            case DUPLICATE -> add(SequencerMetric.DUPLICATES, 1);
            case AFTER_GAP -> add(SequencerMetric.GAPS, 1);
        }
        for (SessionEvent event : decision.events()) {
            if (event.what() instanceof What.Adapter(AdapterEvent captured)) {
                long micros = event.stamp().nowMicros() - captured.capturedAtMicros();
                firstHalf.record(Math.max(0, micros), TimeUnit.MICROSECONDS);
                if (captured.what() instanceof Happening.Injected) {
                    add(SequencerMetric.INJECTED, 1);
                } else {
                    add(SequencerMetric.RECEIVED, 1);
                    add(of(event.verdict()), 1);
                }
            }
            add(SequencerMetric.COMMANDS, event.deliveries().size());
        }
    }

    public ReloadMeters reloads() {
        return reloads;
    }

    public void add(SequencerMetric metric, int amount) {
        requireNonNull(counters.get(metric)).increment(amount);
    }

    public double value(SequencerMetric metric) {
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
