package kontor.adapter.run;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;

/** Shows the runs' counters as metrics, which say of which instance they are. */
final class AdapterMetrics implements MeterBinder {

    private static final String INSTANCE = "instance";
    private static final Duration SHORTEST = Duration.ofNanos(100_000);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Adapters adapters;

    AdapterMetrics(Adapters adapters) {
        this.adapters = adapters;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        adapters.runs().forEach(run -> bind(run, registry));
    }

    private static void bind(AdapterRun run, MeterRegistry registry) {
        Tags tags = Tags.of(INSTANCE, run.identity().instance().value());
        for (AdapterMetric metric : AdapterMetric.values()) {
            switch (metric.kind) {
                case COUNTER ->
                        FunctionCounter.builder(metric.metric, run, r -> value(metric, r))
                                .tags(tags)
                                .baseUnit(metric.unit)
                                .description(metric.meaning)
                                .register(registry);
                case GAUGE ->
                        Gauge.builder(metric.metric, run, r -> value(metric, r))
                                .tags(tags)
                                .baseUnit(metric.unit)
                                .description(metric.meaning)
                                .register(registry);
            }
        }
        Timer way = timer(registry, tags, AdapterMetric.WAY, AdapterMetric.WAY_MEANING);
        Timer secondHalf =
                timer(registry, tags, AdapterMetric.DELIVERY, AdapterMetric.DELIVERY_MEANING);
        run.onDelivery(delivery -> {
            delivery.sinceCapture().ifPresent(way::record);
            delivery.sinceSequencing().ifPresent(secondHalf::record);
        });
    }

    private static Timer timer(MeterRegistry registry, Tags tags, String name, String meaning) {
        return Timer.builder(name)
                .tags(tags)
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
