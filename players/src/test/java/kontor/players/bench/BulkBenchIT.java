package kontor.players.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import kontor.lab.Lab;
import kontor.lab.PortSet;
import kontor.players.lab.DirectLab;
import kontor.players.lab.LoopbackLab;
import kontor.players.report.Progress;
import org.junit.jupiter.api.Test;

class BulkBenchIT {

    private static final Lab LAB = LoopbackLab.of(246, 3, PortSet.parse("12305"));

    @Test
    void measuresDatagramsWithAndWithoutBulkFlowsBeside() throws Exception {
        try (DirectLab lab = DirectLab.start(LAB)) {
            assertThat(lab).isNotNull();
            BulkBenchReport report = BulkBench.run(LAB, settings(12305), Progress.NONE);

            assertThat(report.problems()).isEmpty();
            assertThat(report.passed()).isTrue();
            assertThat(report.results())
                    .extracting(BulkBenchReport.Result::flows)
                    .containsExactly(0, 2);
            assertThat(report.results()).allMatch(result -> result.udp().count() > 0);
            assertThat(report.results().getFirst().megabytesPerSecond()).isZero();
            BulkBenchReport.Result beside = report.results().getLast();
            assertThat(beside.megabytesPerSecond()).isPositive();
            assertThat(beside.mostUnderWayMegabytes()).isPositive();
            assertThat(report.toText()).contains("bulk flows");
            assertThat(report.toJson()).contains("\"megabytesPerSecond\"");
        }
    }

    @Test
    void aPortThatTheLabDoesNotCarryIsRefused() {
        assertThatThrownBy(() -> BulkBench.run(LAB, settings(1), Progress.NONE))
                .hasMessageContaining("does not carry port 1");
    }

    private static BulkBenchSettings settings(int port) {
        return new BulkBenchSettings(
                List.of(0, 2),
                50,
                200,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMillis(400),
                Duration.ofSeconds(20),
                port);
    }
}
