package kontor.journal;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Health {@code journal}: up while it runs. No part of readiness, as no packet waits for it. */
final class JournalHealth implements HealthIndicator {

    private final JournalStatus status;
    private final JournalMeters meters;

    JournalHealth(JournalStatus status, JournalMeters meters) {
        this.status = status;
        this.meters = meters;
    }

    @Override
    public Health health() {
        JournalStatus.Snapshot now = status.now();
        Health.Builder health =
                switch (now.phase()) {
                    case RUNNING -> Health.up();
                    case ELSEWHERE -> Health.unknown();
                    case STARTING, STOPPED -> Health.outOfService();
                    case WAITING_FOR_DATABASE, WAITING_FOR_KAFKA, HALTED -> Health.down();
                };
        health.withDetail("phase", now.phase().name()).withDetail("lag", meters.lag());
        if (now.reason() != null) {
            health.withDetail("reason", now.reason());
        }
        return health.build();
    }
}
