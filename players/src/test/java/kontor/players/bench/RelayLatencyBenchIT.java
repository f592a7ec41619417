package kontor.players.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import kontor.lab.Lab;
import kontor.lab.PortSet;
import kontor.players.lab.DirectLab;
import kontor.players.lab.LoopbackLab;
import kontor.players.report.Progress;
import kontor.testing.infrastructure.TestKafka;
import org.junit.jupiter.api.Test;

class RelayLatencyBenchIT {

    private static final Lab LAB = LoopbackLab.of(235, 4, PortSet.parse("12302"));

    @Test
    void measuresEveryPathAtEveryRate() throws Exception {
        BenchSettings settings =
                new BenchSettings(
                        List.of(20, 50),
                        List.of(BenchReport.Path.values()),
                        200,
                        2,
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ZERO,
                        12302);
        try (DirectLab lab = DirectLab.start(LAB)) {
            assertThat(lab).isNotNull();
            BenchReport report =
                    RelayLatencyBench.run(
                            LAB,
                            TestKafka.shared().bootstrapServers(),
                            settings,
                            ProcessorTime.of(() -> Map.of("bench", ProcessHandle.current())),
                            Progress.NONE);

            assertThat(report.passed()).as(report.toText()).isTrue();
            assertThat(report.results())
                    .hasSize(2 * BenchReport.Path.values().length)
                    .allMatch(result -> result.median().count() > 0)
                    .allMatch(result -> result.median().p50Millis() > 0);
            assertThat(report.results())
                    .allMatch(result -> result.processorMillis().getOrDefault("bench", 0.0) > 0);
            assertThat(report.toText()).contains("Processor time in ms for each packet");
            assertThat(report.ratios()).hasSize(4);
            assertThat(report.toJson()).contains("\"path\" : \"TWO_KAFKA_HOPS\"");
        }
    }
}
