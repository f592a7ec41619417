package kontor.players.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kontor.lab.Lab;
import kontor.lab.PortSet;
import kontor.players.lab.DirectLab;
import kontor.players.lab.LoopbackLab;
import kontor.players.report.Progress;
import org.junit.jupiter.api.Test;

class InterruptionBenchIT {

    private static final Lab LAB = LoopbackLab.of(245, 4, PortSet.parse("12304"));

    private static final InterruptionBenchSettings SETTINGS =
            new InterruptionBenchSettings(
                    50,
                    200,
                    Duration.ZERO,
                    Duration.ofMillis(300),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(10),
                    12304);

    @Test
    void measuresEachInterruptionAndSaysWhatWentWrong() throws Exception {
        try (DirectLab lab = DirectLab.start(LAB)) {
            assertThat(lab).isNotNull();
            InterruptionBenchReport report =
                    InterruptionBench.run(
                            LAB,
                            List.of(
                                    new InterruptionBench.Quiet("none", Duration.ofMillis(300)),
                                    new Failing()),
                            SETTINGS,
                            Progress.NONE);

            assertThat(report.results())
                    .hasSize(2)
                    .allMatch(result -> result.median().packets() > 0)
                    .allMatch(result -> result.longestGap().isPositive());
            assertThat(report.results().getLast().repetitions())
                    .hasSize(2)
                    .allMatch(repetition ->
                            repetition
                                    .steps()
                                    .equals(
                                            List.of(
                                                    new Interruption.Step(
                                                            "noticed", Duration.ofMillis(7)))));
            assertThat(report.problems())
                    .containsExactly("failing: as expected", "failing: as expected");
            assertThat(report.passed()).isFalse();
            assertThat(report.toJson()).contains("\"interruption\" : \"failing\"");
        }
    }

    private record Failing() implements Interruption {

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public int repetitions() {
            return 2;
        }

        @Override
        public Optional<String> run() {
            return Optional.of("as expected");
        }

        @Override
        public List<Step> steps() {
            return List.of(new Step("noticed", Duration.ofMillis(7)));
        }
    }
}
