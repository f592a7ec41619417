package kontor.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the file system of this machine. */
final class DataDirectoryIT {

    /** Nobody makes directories there, not even root. */
    private static final Path KERNELS = Path.of("/sys/kernel/kontor");

    @TempDir private Path directory;

    @Test
    void whatIsMissingIsMade() {
        DataDirectory data = new DataDirectory(directory.resolve("a/b"));

        assertThatCode(data::requireWritable).doesNotThrowAnyException();
        assertThat(data.path()).isDirectory();
    }

    @Test
    void aFileInItsPlaceIsSaidInOneSentenceWithPathAndOption() throws IOException {
        Path file = Files.createFile(directory.resolve("data"));

        assertThat(refusalOf(file))
                .isEqualTo(
                        "the data directory %s cannot be used: it is not a directory; --data DIR (or"
                                        .formatted(file)
                                + " KONTOR_DATA) chooses another");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsSaidInOneSentenceWithPathAndOption() {
        assertThat(refusalOf(KERNELS))
                .startsWith("the data directory %s cannot be used: ".formatted(KERNELS))
                .endsWith("; --data DIR (or KONTOR_DATA) chooses another")
                .doesNotContain("Exception")
                .hasLineCount(1);
    }

    @Test
    void anotherUsersDataIsSaidWithWhoMayNotWriteWhere() {
        DataDirectory roots = new DataDirectory(Path.of("/home/kontor/.kontor"));

        assertThat(roots.refusal(new AccessDeniedException("/home/kontor/.kontor/logs")).message())
                .isEqualTo(
                        "the data directory /home/kontor/.kontor cannot be used:"
                                + " /home/kontor/.kontor/logs: permission denied to user %s;"
                                        .formatted(System.getProperty("user.name"))
                                + " --data DIR (or KONTOR_DATA) chooses another");
    }

    @Test
    void whatTheSystemSaysComesThroughWithoutTheExceptionsName() {
        assertThat(
                        FileTrouble.reason(
                                new FileSystemException("/x", null, "No space left on device")))
                .isEqualTo("no space left on device");
    }

    private static String refusalOf(Path data) {
        try {
            new DataDirectory(data).requireWritable();
        } catch (LaunchRefusedException e) {
            return e.refusal().message();
        }
        throw new AssertionError(data + " can be written");
    }
}
