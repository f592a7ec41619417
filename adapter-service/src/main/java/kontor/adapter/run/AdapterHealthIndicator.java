package kontor.adapter.run;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while the adapter listens, spools, reaches the broker and carries out commands. */
final class AdapterHealthIndicator implements HealthIndicator {

    private final AdapterRun run;

    AdapterHealthIndicator(AdapterRun run) {
        this.run = run;
    }

    @Override
    public Health health() {
        boolean listening = run.listening();
        boolean brokerAnswers = run.brokerAnswers();
        boolean spoolWritable = run.spoolWritable();
        boolean up = listening && brokerAnswers && spoolWritable && run.haltReason().isEmpty();
        Health.Builder health = up ? Health.up() : Health.outOfService();
        health.withDetail("instance", run.identity().instance().value())
                .withDetail("run", run.identity().run().toString())
                .withDetail("listening", listening)
                .withDetail("brokerAnswers", brokerAnswers)
                .withDetail("spoolWritable", spoolWritable);
        run.haltReason().ifPresent(reason -> health.withDetail("halted", reason));
        return health.build();
    }
}
