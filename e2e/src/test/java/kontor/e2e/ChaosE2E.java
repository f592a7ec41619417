package kontor.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import kontor.launcher.chaos.StackStage;
import kontor.launcher.gateway.GatewayClient;
import kontor.players.chaos.Chaos;
import kontor.players.chaos.ChaosReport;
import kontor.players.chaos.ChaosSettings;
import kontor.players.chaos.RulesReport;
import kontor.players.report.Progress;
import kontor.players.traffic.TrafficReport.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The short form of {@code ./kontor chaos --rules}: every process suffers every kind of deed once,
 * while rules impair, hold and replace, and datagrams are injected.
 */
@Timeout(1200)
class ChaosE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();
    private static final Duration LENGTH = Duration.ofSeconds(40);
    private static final long SEED = 1602;

    @Test
    void whateverIsKilledSuspendedOrRestartedNothingIsLostButWhatRulesLose() throws Exception {
        try (GamesThatFreeze _ = new GamesThatFreeze(STACK);
                GatewayClient gateway = new GatewayClient(STACK.api().root())) {
            StackStage stage = new StackStage(STACK.stack(), gateway);
            ChaosSettings settings = ChaosSettings.of(SEED, LENGTH, stage.kinds()).withRate(20);

            Queue<String> diary = new ConcurrentLinkedQueue<>();

            ChaosReport report = new Chaos(stage, stage, settings, diary::add, Progress.NONE).run();

            String all = String.join("\n", diary) + "\n" + report.toText();
            assertThat(report.passed()).as(all).isTrue();
            assertThat(report.kinds()).hasSize(22).allMatch(kind -> kind.done() == 1);
            assertThat(report.traffic())
                    .hasSize(2)
                    .allSatisfy(traffic -> assertThat(traffic.ways()).allMatch(Way::exact));
            actedAsTheyAreRecorded(requireNonNull(report.rules()), all);
        }
    }

    private static void actedAsTheyAreRecorded(RulesReport rules, String all) {
        assertThat(rules.problems()).as(all).isEmpty();
        assertThat(rules.lost()).isPositive();
        assertThat(rules.doubled()).isPositive();
        assertThat(rules.held()).isPositive();
        assertThat(rules.mutatedInStreams()).isPositive();
        assertThat(rules.messagesReceived()).isEqualTo(rules.messagesSent()).isPositive();
        assertThat(rules.injectedReceived()).isEqualTo(rules.injected()).isPositive();
        assertThat(rules.secondLook()).doesNotStartWith("not taken");
    }
}
