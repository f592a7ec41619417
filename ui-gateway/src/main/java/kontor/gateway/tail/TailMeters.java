package kontor.gateway.tail;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import kontor.topics.Followers;

/** What can be seen of the tail. Thread-safe. */
final class TailMeters {

    private final Counter records;
    private final Counter quarantined;
    private final Counter voided;
    private final AtomicLong lag = new AtomicLong();

    private final MeterRegistry registry;

    TailMeters(MeterRegistry registry) {
        this.registry = registry;
        records = counter(registry, "kontor.gateway.records", "Records of the logs read");
        quarantined =
                counter(
                        registry,
                        "kontor.gateway.quarantined",
                        "Records that could not be read and were left out");
        voided =
                counter(
                        registry,
                        "kontor.gateway.void",
                        "Session events of an earlier owner behind a claim");
        Gauge.builder("kontor.gateway.lag", lag, AtomicLong::get)
                .baseUnit("records")
                .description("Records of the logs not yet read by the tail")
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

    private static Counter counter(MeterRegistry registry, String name, String meaning) {
        return Counter.builder(name).description(meaning).register(registry);
    }

    void read(long amount) {
        records.increment((double) amount);
    }

    void quarantined() {
        quarantined.increment();
    }

    void voided() {
        voided.increment();
    }

    void lag(long behind) {
        lag.set(behind);
    }
}
