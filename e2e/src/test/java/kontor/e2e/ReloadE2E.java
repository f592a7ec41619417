package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import kontor.launcher.gateway.GatewayClient;
import kontor.launcher.gateway.PlannedReload;
import kontor.players.bench.InterruptionBench;
import kontor.players.bench.InterruptionBenchReport;
import kontor.players.bench.InterruptionBenchSettings;
import kontor.players.report.Progress;
import org.junit.jupiter.api.Test;

/** Every service is reloaded while four games exchange numbered packets. */
final class ReloadE2E {

    private static final InterruptionBenchSettings SETTINGS =
            new InterruptionBenchSettings(
                    50,
                    200,
                    Duration.ZERO,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(60),
                    2398);

    private final StackUnderTest stack = StackUnderTest.shared();

    @Test
    void reloadsCompleteAndNothingIsLostDoubledOrReordered() throws Exception {
        String lab = stack.lab().name().value();
        try (GatewayClient gateway = new GatewayClient(stack.stack().page())) {
            InterruptionBenchReport report =
                    InterruptionBench.run(
                            stack.lab(),
                            List.of(
                                    new PlannedReload(gateway, lab, "orchestrator-service"),
                                    new PlannedReload(gateway, lab, "analysis-service"),
                                    new PlannedReload(gateway, lab, "ui-gateway")),
                            SETTINGS,
                            Progress.NONE);

            assertThat(report.passed()).as(report.toText()).isTrue();
        }
    }
}
