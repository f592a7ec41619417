package kontor.launcher.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With programs in CRIU's place, so that it runs on machines with and without. */
final class SnapshotCheckIT {

    @TempDir private Path directory;

    @Test
    void whereCriuIsMissingThatIsSaidAndWhichVersionWouldDo() throws Exception {
        assertThat(SnapshotCheck.run(directory.resolve("criu").toString()))
                .isInstanceOfSatisfying(
                        SnapshotCheck.Finding.Unable.class,
                        unable ->
                                assertThat(unable.reason())
                                        .contains("criu is not installed")
                                        .contains("4.2 or newer"));
    }

    @Test
    void whereTheCheckFailsItsLastLineIsTheReason() throws Exception {
        String criu =
                program(
                        """
                        echo 'Warn  (criu/kerndat.c): something'
                        echo 'Error (criu/mem.c): Kernel does not support it' >&2
                        exit 1
                        """);

        assertThat(SnapshotCheck.run(criu))
                .isEqualTo(
                        new SnapshotCheck.Finding.Unable(
                                "'criu check' fails here (exit status 1): Error (criu/mem.c):"
                                        + " Kernel does not support it"));
    }

    @Test
    void whereTheCheckPassesTheMachineIsAble() throws Exception {
        assertThat(SnapshotCheck.run(program("test \"$1\" = check && echo Looks good.\n")))
                .isEqualTo(new SnapshotCheck.Finding.Able());
    }

    private String program(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("criu-stand-in"), "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }
}
