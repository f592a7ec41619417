package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import kontor.launcher.chaos.StackStage;
import kontor.launcher.gateway.GatewayClient;
import kontor.players.chaos.Chaos;
import kontor.players.chaos.ChaosReport;
import kontor.players.chaos.ChaosSettings;
import kontor.players.report.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short form of {@code ./kontor chaos}: every process suffers every kind of deed once. */
@Timeout(1200)
class ChaosE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();
    private static final Duration LENGTH = Duration.ofSeconds(40);
    private static final long SEED = 1602;

    @Test
    void whateverIsKilledSuspendedOrRestartedNothingIsLost() throws Exception {
        try (GamesThatFreeze _ = new GamesThatFreeze(STACK);
                GatewayClient gateway = new GatewayClient(STACK.api().root())) {
            StackStage stage = new StackStage(STACK.stack(), gateway);
            ChaosSettings settings = ChaosSettings.of(SEED, LENGTH, stage.kinds()).withRate(50);

            Queue<String> diary = new ConcurrentLinkedQueue<>();

            ChaosReport report = new Chaos(stage, settings, diary::add, Progress.NONE).run();

            assertThat(report.passed())
                    .as(String.join("\n", diary) + "\n" + report.toText())
                    .isTrue();
            assertThat(report.kinds()).hasSize(22).allMatch(kind -> kind.done() == 1);
        }
    }
}
