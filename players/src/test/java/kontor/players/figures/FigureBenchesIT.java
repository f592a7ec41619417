package kontor.players.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import kontor.lab.Lab;
import kontor.lab.PortSet;
import kontor.players.bench.BenchSettings;
import kontor.players.bench.ProcessorTime;
import kontor.players.lab.DirectLab;
import kontor.players.lab.LoopbackLab;
import kontor.players.report.Progress;
import kontor.testing.infrastructure.TestKafka;
import org.junit.jupiter.api.Test;

/** The rows that need a lab and a broker, on a lab without a log. */
class FigureBenchesIT {

    private static final Lab LAB = LoopbackLab.of(239, 2, PortSet.parse("12304"));
    private static final String KAFKA = TestKafka.shared().bootstrapServers();

    @Test
    void ratesRiseUntilLabAndHopsHaveFailed() throws Exception {
        try (DirectLab lab = DirectLab.start(LAB)) {
            assertThat(lab).isNotNull();
            FigureBench.Outcome outcome =
                    new KneeFigures(
                                    LAB,
                                    KAFKA,
                                    new KneeFigures.Settings(
                                            1,
                                            15_000,
                                            200,
                                            12304,
                                            Duration.ofMillis(50),
                                            Duration.ofMillis(200)))
                            .run(Progress.NONE);

            assertThat(outcome.figures())
                    .extracting(Figure::what)
                    .containsExactly(
                            "highest rate with p50 < 50 ms, UDP",
                            "highest sustained rate, UDP",
                            "highest rate with p50 < 50 ms, TCP",
                            "highest sustained rate, TCP",
                            "highest rate with p50 < 50 ms, UDP, beside a bare lab",
                            "highest sustained rate, UDP, beside a bare lab",
                            "highest sustained rate, two bare Kafka hops");
            assertThat(outcome.figures()).allMatch(figure -> figure.value() >= 0);
        }
    }

    @Test
    void theShortFormMeasuresWhatTheGuardAsksFor() throws Exception {
        Lab four = LoopbackLab.of(241, 4, PortSet.parse("12304"));
        BenchSettings usual = RelayFigures.shortly(12304);
        try (DirectLab lab = DirectLab.start(four)) {
            assertThat(lab).isNotNull();
            FigureBench.Outcome outcome =
                    new RelayFigures(
                                    four,
                                    KAFKA,
                                    new BenchSettings(
                                            usual.rates(),
                                            usual.paths(),
                                            usual.size(),
                                            usual.rounds(),
                                            Duration.ofMillis(50),
                                            Duration.ofMillis(300),
                                            Duration.ZERO,
                                            12304),
                                    ProcessorTime.of(() -> Map.of("test", ProcessHandle.current())))
                            .run(Progress.NONE);

            assertThat(outcome.problems()).isEmpty();
            assertThat(outcome.figures())
                    .extracting(Figure::what)
                    .containsAll(Guard.RECORDED.recorded().keySet());
        }
    }

    @Test
    void bulkIsMeasuredThroughOneFlowOverTwoHopsAndThroughABareLab() throws Exception {
        Lab two = LoopbackLab.of(250, 2, PortSet.parse("12304"));
        try (DirectLab lab = DirectLab.start(two)) {
            assertThat(lab).isNotNull();
            FigureBench.Outcome outcome =
                    new BulkFigures(
                                    two,
                                    KAFKA,
                                    ProcessorTime.of(() -> Map.of("test", ProcessHandle.current())),
                                    1,
                                    12304,
                                    Duration.ofMillis(300))
                            .run(Progress.NONE);

            assertThat(outcome.problems()).isEmpty();
            assertThat(outcome.figures())
                    .hasSize(6)
                    .allMatch(figure -> figure.value() > 0)
                    .first()
                    .matches(figure -> figure.ratios().size() == 1);
        }
    }
}
