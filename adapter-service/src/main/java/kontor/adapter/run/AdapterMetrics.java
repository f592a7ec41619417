package kontor.adapter.run;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;

/** Shows the run's counters as metrics. */
final class AdapterMetrics implements MeterBinder {

    private static final Duration SHORTEST = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final AdapterRun run;

    AdapterMetrics(AdapterRun run) {
        this.run = run;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (AdapterMetric metric : AdapterMetric.values()) {
            switch (metric.kind) {
                case COUNTER ->
                        FunctionCounter.builder(metric.metric, run, r -> value(metric, r))
                                .baseUnit(metric.unit)
                                .description(metric.meaning)
                                .register(registry);
                case GAUGE ->
                        Gauge.builder(metric.metric, run, r -> value(metric, r))
                                .baseUnit(metric.unit)
                                .description(metric.meaning)
                                .register(registry);
            }
        }
        Timer way = timer(registry, AdapterMetric.WAY, AdapterMetric.WAY_MEANING);
        Timer secondHalf = timer(registry, AdapterMetric.DELIVERY, AdapterMetric.DELIVERY_MEANING);
        run.onDelivery(delivery -> {
            delivery.sinceCapture().ifPresent(way::record);
            delivery.sinceSequencing().ifPresent(secondHalf::record);
        });
    }

    private static Timer timer(MeterRegistry registry, String name, String meaning) {
        return Timer.builder(name)
                .description(meaning)
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(registry);
    }

    private static double value(AdapterMetric metric, AdapterRun run) {
        return metric.value.applyAsDouble(run.state());
    }
}
