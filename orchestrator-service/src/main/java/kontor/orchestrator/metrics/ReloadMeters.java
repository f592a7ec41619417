package kontor.orchestrator.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kontor.orchestrator.reload.Phase;
import kontor.orchestrator.reload.ReloadStatus;
import kontor.orchestrator.reload.ReloadStatus.Timing;
import kontor.orchestrator.reload.Service;

/**
 * Counts the reloads that ended and how long their phases took. Each is counted by the orchestrator
 * that wrote its end; requests for a service that nobody knows are not. Thread-safe.
 *
 * <p>All are there from the beginning: what appears with its first count looks, to who reads
 * differences, as if it had not happened.
 */
public final class ReloadMeters {

    private final Map<Service, Map<Outcome, Counter>> reloads = new EnumMap<>(Service.class);
    private final Map<Service, Map<Phase, Timer>> phases = new EnumMap<>(Service.class);

    private enum Outcome {
        COMPLETED,
        FAILED,
        /** It never began. */
        REFUSED
    }

    ReloadMeters(MeterRegistry registry) {
        for (Service service : Service.values()) {
            Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                outcomes.put(outcome, counter(registry, service, outcome));
            }
            reloads.put(service, outcomes);
            Map<Phase, Timer> timers = new EnumMap<>(Phase.class);
            phasesBeforeTheEnd().forEach(p -> timers.put(p, timer(registry, service, p)));
            phases.put(service, timers);
        }
    }

    /** A phase began; only those count that end a reload. */
    public void count(ReloadStatus status) {
        if (!status.phase().isFinal()) {
            return;
        }
        Service.of(status.service())
                .ifPresent(service -> {
                    requireNonNull(requireNonNull(reloads.get(service)).get(outcome(status)))
                            .increment();
                    for (Timing timing : status.timings()) {
                        requireNonNull(requireNonNull(phases.get(service)).get(timing.phase()))
                                .record(Duration.of(timing.tookMicros(), ChronoUnit.MICROS));
                    }
                });
    }

    private static Outcome outcome(ReloadStatus status) {
        if (status.phase() == Phase.COMPLETED) {
            return Outcome.COMPLETED;
        }
        return status.timings().isEmpty() ? Outcome.REFUSED : Outcome.FAILED;
    }

    private static List<Phase> phasesBeforeTheEnd() {
        return Arrays.stream(Phase.values()).filter(phase -> !phase.isFinal()).toList();
    }

    private static Counter counter(MeterRegistry registry, Service service, Outcome outcome) {
        return Counter.builder("kontor.reloads")
                .baseUnit("reloads")
                .description("Reloads that ended, by service and outcome")
                .tag("service", service.word())
                .tag("outcome", word(outcome))
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, Service service, Phase phase) {
        return Timer.builder("kontor.reload.phase")
                .description("How long the phases of the reloads took that ended")
                .tag("service", service.word())
                .tag("phase", word(phase))
                .register(registry);
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
