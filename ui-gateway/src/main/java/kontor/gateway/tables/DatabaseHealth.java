package kontor.gateway.tables;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Whether the database answers: part of readiness.
 *
 * <p>All probes at the same time share one look, and one that gives up waiting does not end it. An
 * interrupted look closes its connection, so that on a busy machine, where probes give up early,
 * each look would have to connect anew and none would ever come to its end.
 */
final class DatabaseHealth implements ReactiveHealthIndicator {

    private final Mono<Health> look;

    /**
     * @param database asked on a thread that may block
     * @param fresh an answer is given again for as long
     */
    DatabaseHealth(HealthIndicator database, Duration fresh) {
        look =
                Mono.fromCallable(() -> database.health())
                        .subscribeOn(Schedulers.boundedElastic())
                        .cache(fresh);
    }

    @Override
    public Mono<Health> health() {
        return look;
    }
}
