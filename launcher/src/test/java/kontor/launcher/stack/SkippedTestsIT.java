package kontor.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./mvnw} with a Maven that only leaves reports behind. */
final class SkippedTestsIT {

    private static final String MAVEN =
            """
            #!/bin/sh
            case $1 in --version) echo "Apache Maven 3.9.16"; exit ;; esac
            cd "$(dirname "$0")/.."
            mkdir -p a/target/surefire-reports b/target/failsafe-reports
            cp one.xml a/target/surefire-reports/TEST-a.xml
            cp two.xml b/target/failsafe-reports/TEST-b.xml
            echo built
            exit 3
            """;

    private static final String ONE =
            """
            <testsuite tests="4" skipped="3">
              <testcase name="a"><skipped message="Assumption failed: not in &quot;x&quot;" type="t">
              <![CDATA[at some place]]></skipped></testcase>
              <testcase name="b"><skipped message="Assumption failed: not in &quot;x&quot;"/></testcase>
              <testcase name="c"/>
              <testcase name="e"><skipped type="t"><![CDATA[x.Aborted: Assumption failed: no y
            	at some place]]></skipped></testcase>
            </testsuite>
            """;

    private static final String TWO =
            "<testsuite tests=\"1\" skipped=\"1\"><testcase name=\"d\"><skipped/></testcase>"
                    + "</testsuite>";

    @TempDir private Path copy;

    @BeforeEach
    void copyTheScript() throws IOException {
        Path root = Installation.locate().root();
        Files.createDirectories(copy.resolve("launcher"));
        Files.createDirectories(copy.resolve("bin"));
        Files.copy(root.resolve("mvnw"), copy.resolve("mvnw"));
        Files.copy(root.resolve("launcher/find-java.sh"), copy.resolve("launcher/find-java.sh"));
        Path maven = Files.writeString(copy.resolve("bin/mvn"), MAVEN);
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(copy.resolve("one.xml"), ONE);
        Files.writeString(copy.resolve("two.xml"), TWO);
    }

    @Test
    void theLastLineCountsThemByReasonAndTheExitStatusIsMavens() throws Exception {
        assertThat(run("verify", 3))
                .isEqualTo(
                        "built\nSkipped: 4 tests (2: not in \"x\"; 1: no y; 1: no reason given)\n");
    }

    @Test
    void whereNoTestsRunNothingIsSaid() throws Exception {
        assertThat(run("package", 3)).isEqualTo("built\n");
    }

    private String run(String goal, int status) throws Exception {
        ProcessBuilder command =
                new ProcessBuilder(copy.resolve("mvnw").toString(), goal).redirectErrorStream(true);
        command.environment().compute("PATH", (name, path) -> copy.resolve("bin") + ":" + path);
        Process process = command.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(status);
        return said;
    }
}
