package kontor.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts on a machine whose {@code uname} says something else. */
final class OtherSystemIT {

    private static final String OF_A_MAC =
            "#!/bin/sh\ncase $1 in -s) echo Darwin ;; *) echo arm64 ;; esac\n";

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"kontor", "mvnw"})
    void aSystemWithoutNativePartsIsRefusedInOneSentence(String script) throws Exception {
        ProcessBuilder command = command(OF_A_MAC, script, "--version");

        Process process = command.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said)
                .isEqualTo(
                        "kontor: runs on Linux on x86-64 or aarch64, and this is Darwin on"
                                + " arm64.\n");
    }

    @Test
    void linuxOnAarch64IsNotRefused() throws Exception {
        Process process =
                command(
                                "#!/bin/sh\ncase $1 in -s) echo Linux ;; *) echo aarch64 ;; esac\n",
                                "mvnw",
                                "--version")
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("Apache Maven");
    }

    private ProcessBuilder command(String uname, String script, String argument)
            throws IOException {
        Path program = Files.writeString(directory.resolve("uname"), uname);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder command =
                new ProcessBuilder(
                                Installation.locate().root().resolve(script).toString(), argument)
                        .redirectErrorStream(true);
        command.environment().compute("PATH", (name, path) -> directory + ":" + path);
        return command;
    }
}
