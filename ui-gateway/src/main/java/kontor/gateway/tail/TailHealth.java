package kontor.gateway.tail;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while the tail is at the end of the logs: part of readiness. */
final class TailHealth implements HealthIndicator {

    private final KafkaTail tail;

    TailHealth(KafkaTail tail) {
        this.tail = tail;
    }

    @Override
    public Health health() {
        KafkaTail.Connection connection = tail.connection();
        Health.Builder health =
                switch (connection) {
                    case FOLLOWING -> Health.up();
                    case CATCHING_UP, WAITING -> Health.outOfService();
                };
        return health.withDetail("connection", connection.name()).build();
    }
}
