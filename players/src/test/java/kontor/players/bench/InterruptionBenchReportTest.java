package kontor.players.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kontor.players.bench.InterruptionBenchReport.Result;
import kontor.players.traffic.LatencySummary;
import org.junit.jupiter.api.Test;

final class InterruptionBenchReportTest {

    @Test
    void theMedianCountsNotTheMean() {
        assertThat(killed(900, 700, 9_000, 800, 600).longestGap()).hasMillis(800);
    }

    @Test
    void ofAnEvenNumberTheWorseOfTheTwoCounts() {
        assertThat(killed(900, 700).longestGap()).hasMillis(900);
    }

    @Test
    void whatWasNotMeasuredHasNoResult() {
        assertThatThrownBy(() -> killed()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachTimeIsShownWithTheStepsOfItsRecovery() {
        InterruptionBenchReport report =
                new InterruptionBenchReport(
                        true, "fine", 2, 50, 200, List.of(killed(700, 800)), List.of());

        assertThat(report.tables()).hasSize(2);
        assertThat(report.tables().getLast().toText())
                .contains("detected", "first packet", "700", "800", "10", "20");
    }

    @Test
    void anAimThatIsMissedIsSaidSo() {
        assertThat(tableOf(killed(700))).contains("to stay below", "1000").doesNotContain("missed");
        assertThat(tableOf(killed(1_000))).contains("1000 missed");
    }

    private static String tableOf(Result result) {
        return new InterruptionBenchReport(true, "fine", 2, 50, 200, List.of(result), List.of())
                .tables()
                .getFirst()
                .toText();
    }

    private static Result killed(int... gapsMillis) {
        return new Result(
                "kill",
                Duration.ofSeconds(1),
                IntStream.of(gapsMillis)
                        .boxed()
                        .flatMap(gap ->
                                Stream.of(
                                        new Result.Repetition(
                                                Duration.ofSeconds(3),
                                                Duration.ofMillis(gap),
                                                new LatencySummary(1, 1, 1, 1, 1),
                                                new LatencySummary(1, 1, 1, 1, 1),
                                                100,
                                                List.of(
                                                        new Interruption.Step(
                                                                "detected", Duration.ofMillis(10)),
                                                        new Interruption.Step(
                                                                "first packet",
                                                                Duration.ofMillis(20))))))
                        .toList());
    }
}
