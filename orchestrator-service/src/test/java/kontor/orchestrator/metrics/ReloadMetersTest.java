package kontor.orchestrator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kontor.orchestrator.reload.Phase;
import kontor.orchestrator.reload.ReloadId;
import kontor.orchestrator.reload.ReloadStatus;
import kontor.orchestrator.reload.ReloadStatus.Timing;
import org.junit.jupiter.api.Test;

final class ReloadMetersTest {

    private static final String ID = "5b2e5a0e-5b5c-4c39-8d5a-6d1f3a1c0001";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ReloadMeters meters = new ReloadMeters(registry);

    @Test
    void aReloadCountsOnceWhenItEndsWithTheTimesOfItsPhases() {
        meters.count(status("ui-gateway", Phase.ANNOUNCED));
        meters.count(status("ui-gateway", Phase.RESTARTING));
        meters.count(
                status(
                        "ui-gateway",
                        Phase.COMPLETED,
                        new Timing(Phase.ANNOUNCED, 40_000),
                        new Timing(Phase.RESTARTING, 1_500_000),
                        new Timing(Phase.VERIFYING, 250_000)));

        assertThat(reloads("ui-gateway", "completed")).isEqualTo(1);
        assertThat(reloads("ui-gateway", "failed")).isZero();
        assertThat(reloads("analysis-service", "completed")).isZero();
        assertThat(seconds("ui-gateway", "restarting")).isEqualTo(1.5);
        assertThat(seconds("ui-gateway", "verifying")).isEqualTo(0.25);
        assertThat(seconds("ui-gateway", "freezing")).isZero();
    }

    @Test
    void whatFailedAndWhatNeverBeganAreToldApart() {
        meters.count(
                status("analysis-service", Phase.FAILED, new Timing(Phase.ANNOUNCED, 1_000_000)));
        meters.count(status("analysis-service", Phase.FAILED));

        assertThat(reloads("analysis-service", "failed")).isEqualTo(1);
        assertThat(reloads("analysis-service", "refused")).isEqualTo(1);
    }

    @Test
    void whateverARequestNamesNoMeterIsMadeForIt() {
        List<Meter> before = registry.getMeters();
        meters.count(status("no such service", Phase.FAILED));

        assertThat(registry.getMeters()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(before).isNotEmpty();
    }

    private double reloads(String service, String outcome) {
        return registry.get("kontor.reloads")
                .tag("service", service)
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private double seconds(String service, String phase) {
        return registry.get("kontor.reload.phase")
                .tag("service", service)
                .tag("phase", phase)
                .timer()
                .totalTime(TimeUnit.SECONDS);
    }

    private static ReloadStatus status(String service, Phase phase, Timing... timings) {
        return new ReloadStatus(
                ReloadId.parse(ID),
                service,
                false,
                phase,
                1_000_000,
                0,
                "",
                null,
                null,
                List.of(timings),
                1);
    }
}
