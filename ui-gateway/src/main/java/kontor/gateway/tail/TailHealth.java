package kontor.gateway.tail;

import kontor.topics.Followers;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while the tail is at the end of the logs: part of readiness. */
final class TailHealth implements HealthIndicator {

    private final KafkaTail tail;
    private final Followers followers;

    TailHealth(KafkaTail tail, Followers followers) {
        this.tail = tail;
        this.followers = followers;
    }

    @Override
    public Health health() {
        KafkaTail.Connection connection = tail.connection();
        Health.Builder health =
                switch (connection) {
                    case FOLLOWING -> Health.up();
                    case CATCHING_UP, WAITING -> Health.outOfService();
                };
        health.withDetail("connection", connection.name());
        followers.words().stream()
                .filter(word -> word.standsStill())
                .forEach(word -> health.withDetail("reason", word.reason()));
        return health.build();
    }
}
