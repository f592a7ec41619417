package kontor.players.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kontor.captures.reading.ExampleCapture;
import kontor.lab.Lab;
import kontor.lab.PortSet;
import kontor.players.lab.DirectLab;
import kontor.players.lab.LoopbackLab;
import kontor.players.replay.CaptureAccount.Fate;
import kontor.players.report.Progress;
import org.junit.jupiter.api.Test;

/** The example capture, as the README has it played, through a lab without a log. */
class ExampleReplayIT {

    private static final Lab LAB = LoopbackLab.of(226, 3, PortSet.parse("2300,2350,47624"));

    @Test
    void threeGamesComeThroughByteForByte() throws Exception {
        try (DirectLab lab = DirectLab.start(LAB)) {
            assertThat(lab).isNotNull();
            ReplayReport report =
                    Replay.run(
                            ExampleCapture.read(),
                            ExampleCapture.games(),
                            LAB,
                            Speed.MAX,
                            Progress.NONE,
                            Duration.ofSeconds(10));

            assertThat(report.passed()).as(report.toText()).isTrue();
            assertThat(report.complete()).as(report.toText()).isTrue();
            assertThat(report.capture().rows(Fate.LEFT_OUT)).as(report.toText()).isEmpty();
            assertThat(report.capture().frames()).isEqualTo(338);
            assertThat(report.connections()).filteredOn(c -> c.refused()).hasSize(2);
            assertThat(report.summary()).startsWith("Every byte arrived, in order, once:");
        }
    }
}
