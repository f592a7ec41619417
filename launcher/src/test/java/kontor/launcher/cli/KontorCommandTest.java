package kontor.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KontorCommandTest {

    @TempDir private Path directory;

    @Test
    void anUnknownCommandIsAMistakeOfUsage() {
        assertThat(KontorCommand.execute("upp")).isEqualTo(2);
    }

    @Test
    void anUnknownOptionIsAMistakeOfUsage() {
        assertThat(KontorCommand.execute("up", "--labb", "x")).isEqualTo(2);
    }

    @Test
    void aLabThatIsNotThereIsAMistakeOfUsageAndLeavesNothing() {
        String data = directory.resolve("data").toString();

        assertThat(KontorCommand.execute("up", "--data", data, "--lab", "/no/lab.yaml"))
                .isEqualTo(2);
        assertThat(Files.exists(directory.resolve("data"))).isFalse();
    }

    @Test
    void statusOfNothingIsNotWell() {
        assertThat(KontorCommand.execute("status", "--data", directory.toString())).isEqualTo(1);
    }

    @Test
    void downOfNothingIsDone() {
        assertThat(KontorCommand.execute("down", "--data", directory.toString())).isZero();
    }

    @Test
    void aLogOfNobodyIsAMistakeOfUsage() {
        assertThat(KontorCommand.execute("logs", "nobody", "--data", directory.toString()))
                .isEqualTo(2);
    }

    @Test
    void whoVerifiesSaysWhichSession() {
        String data = directory.toString();
        assertThat(KontorCommand.execute("verify", "--data", data)).isEqualTo(2);
        assertThat(KontorCommand.execute("verify", "--last", "x", "--data", data)).isEqualTo(2);
    }

    @Test
    void nothingCanBeVerifiedWithoutAStack() {
        assertThat(KontorCommand.execute("verify", "--last", "--data", directory.toString()))
                .isEqualTo(1);
    }
}
