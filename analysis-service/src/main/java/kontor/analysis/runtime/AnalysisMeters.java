package kontor.analysis.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import kontor.topics.Followers;

/** The meters, registered. Thread-safe. */
public final class AnalysisMeters {

    private final Map<AnalysisMeter, Counter> counters = new EnumMap<>(AnalysisMeter.class);
    private final AtomicLong lag = new AtomicLong();

    private final MeterRegistry registry;

    public AnalysisMeters(MeterRegistry registry) {
        this.registry = registry;
        for (AnalysisMeter meter : AnalysisMeter.values()) {
            counters.put(
                    meter,
                    Counter.builder(meter.meterName())
                            .baseUnit(meter.unit())
                            .description(meter.meaning())
                            .register(registry));
        }
        Gauge.builder("kontor.analysis.lag", lag, AtomicLong::get)
                .baseUnit("records")
                .description("Records of the session log not yet analysed")
                .register(registry);
    }

    /** Shows this follower's state from now on. */
    public void show(Followers.Follower follower) {
        for (Followers.State state : Followers.State.values()) {
            Gauge.builder("kontor.follower.state", follower, f -> f.word().state() == state ? 1 : 0)
                    .description("1 for the state that the follower is in, 0 for the others")
                    .tag("follower", follower.word().name())
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .strongReference(true)
                    .register(registry);
        }
    }

    public void count(AnalysisMeter meter, long amount) {
        Counter counter = counters.get(meter);
        if (counter != null && amount > 0) {
            counter.increment((double) amount);
        }
    }

    public void lag(long records) {
        lag.set(records);
    }
}
