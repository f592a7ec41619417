package kontor.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kontor.players.replay.CaptureAccount;
import kontor.players.replay.CaptureAccount.Fate;
import kontor.players.replay.CaptureAccount.Row;
import kontor.players.replay.ReplayReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayCommandTest {

    private static final CaptureAccount COMPLETE =
            new CaptureAccount(
                    1, List.of(new Row(Fate.PLAYED, "datagrams", "", 1, 4, 1)), List.of());
    private static final CaptureAccount INCOMPLETE =
            new CaptureAccount(
                    1, List.of(new Row(Fate.INCOMPLETE, "behind a hole", "", 1, 4, 1)), List.of());

    @TempDir private Path directory;

    @Test
    void theLabsFaultIsOneAndTheCapturesIsTwo() {
        assertThat(ReplayCommand.status(report(true, COMPLETE), true)).isZero();
        assertThat(ReplayCommand.status(report(true, INCOMPLETE), true)).isEqualTo(2);
        assertThat(ReplayCommand.status(report(false, INCOMPLETE), true)).isEqualTo(1);
        assertThat(ReplayCommand.status(report(false, COMPLETE), true)).isEqualTo(1);
        assertThat(ReplayCommand.status(report(true, COMPLETE), false)).isEqualTo(1);
        assertThat(ReplayCommand.status(report(true, INCOMPLETE), false)).isEqualTo(1);
    }

    @Test
    void aMistakeInWhatWasTypedIsNeither() throws Exception {
        Path junk = Files.writeString(directory.resolve("junk"), "no capture");

        assertThat(replay(directory.toString())).isEqualTo(64);
        assertThat(replay(directory.resolve("missing").toString())).isEqualTo(64);
        assertThat(replay(junk.toString())).isEqualTo(64);
        assertThat(KontorCommand.execute("replay", junk.toString())).isEqualTo(64);
        assertThat(KontorCommand.execute("replay", junk.toString(), "--map", "10.0.0.1=G?"))
                .isEqualTo(64);
    }

    @Test
    void whatCannotBeReadIsSaidInOneSentenceWithPathAndParameter() throws Exception {
        assertThatThrownBy(() -> CaptureArgument.read(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "FILE: %s is a directory, not a capture file (pcapng or pcap)"
                                .formatted(directory));
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> CaptureArgument.read(missing))
                .hasMessage("FILE: no such file: " + missing);
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThatThrownBy(() -> CaptureArgument.read(empty))
                .hasMessageStartingWith("FILE: %s: at byte 0: ".formatted(empty));
        // A file that exists, and whose first byte nobody can read.
        Path unreadable = Path.of("/proc/self/mem");
        assertThatThrownBy(() -> CaptureArgument.read(unreadable))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("FILE: could not read /proc/self/mem: ");
    }

    private int replay(String file) {
        return KontorCommand.execute(
                "replay",
                file,
                "--map",
                "10.0.0.1=game1",
                "--map",
                "10.0.0.2=game2",
                "--data",
                directory.resolve("data").toString());
    }

    private static ReplayReport report(boolean passed, CaptureAccount account) {
        return new ReplayReport(
                passed,
                "",
                "max",
                Duration.ZERO,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                account);
    }
}
