package kontor.journal;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import kontor.topics.Followers;

/** The meters of {@link JournalMetric}. Thread-safe. */
final class JournalMeters {

    private final Map<JournalMetric, Counter> counters = new EnumMap<>(JournalMetric.class);
    private final AtomicLong lag = new AtomicLong();
    private final MeterRegistry registry;

    JournalMeters(MeterRegistry registry) {
        this.registry = registry;
        for (JournalMetric metric : JournalMetric.values()) {
            if (metric != JournalMetric.LAG) {
                counters.put(
                        metric,
                        Counter.builder(metric.meterName())
                                .description(metric.meaning())
                                .register(registry));
            }
        }
        Gauge.builder(JournalMetric.LAG.meterName(), lag, AtomicLong::get)
                .description(JournalMetric.LAG.meaning())
                .register(registry);
    }

    /** Shows this follower's state from now on. */
    void show(Followers.Follower follower) {
        for (Followers.State state : Followers.State.values()) {
            Gauge.builder("kontor.follower.state", follower, f -> f.word().state() == state ? 1 : 0)
                    .description("1 for the state that the follower is in, 0 for the others")
                    .tag("follower", follower.word().name())
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .strongReference(true)
                    .register(registry);
        }
    }

    void add(JournalMetric metric, long amount) {
        requireNonNull(counters.get(metric)).increment((double) amount);
    }

    long count(JournalMetric metric) {
        return (long) requireNonNull(counters.get(metric)).count();
    }

    void lag(long records) {
        lag.set(records);
    }

    long lag() {
        return lag.get();
    }
}
