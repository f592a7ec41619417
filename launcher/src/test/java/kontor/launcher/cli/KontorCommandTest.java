package kontor.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void aDataDirectoryThatCannotBeWrittenIsNoRawException() throws IOException {
        Path file = Files.createFile(directory.resolve("data"));
        Path lab =
                Files.writeString(
                        directory.resolve("lab.yaml"),
                        """
                        lab: two
                        ports: { tcp: [2300], udp: [2300] }
                        instances:
                          game1: { address: 127.1.0.1, peers: { game2: 127.1.0.2 } }
                          game2: { address: 127.2.0.2, peers: { game1: 127.2.0.1 } }
                        """);

        for (String more : List.of("--ports=auto", "--detach")) {
            assertThat(errorsOf("up", "--data", file.toString(), "--lab", lab.toString(), more))
                    .contains("kontor: the data directory " + file)
                    .contains("--data DIR")
                    .doesNotContain("Exception");
        }
    }

    private static String errorsOf(String... arguments) {
        PrintStream before = System.err;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            assertThat(KontorCommand.execute(arguments)).isEqualTo(1);
        } finally {
            System.setErr(before);
        }
        return errors.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aSnapshotIsRefusedWithTheReasonAndWithWhatWorksInstead() {
        String missing = directory.resolve("criu").toString();

        assertThat(errorsOf("snapshot", "--criu", missing))
                .contains("no snapshot taken: criu is not installed")
                .contains("the games go on")
                .contains("What works without snapshots: freezing");
        String data = directory.toString();
        for (String what : List.of("take", "restore")) {
            assertThat(errorsOf("snapshot", what, "menu", "--criu", missing, "--data", data))
                    .contains("no snapshot " + what)
                    .contains(": criu is not installed");
        }
    }

    @Test
    void snapshotsAreTakenOfAStackWithNamespacesOnly() {
        String data = directory.toString();

        assertThat(errorsOf("snapshot", "take", "menu", "--criu", "true", "--data", data))
                .contains("no snapshot taken: no stack with network namespaces is running in")
                .contains(data);
        assertThat(KontorCommand.execute("snapshot", "take", "--data", data)).isEqualTo(2);
    }

    @Test
    void whereThereAreNoSnapshotsNoneAreListed() {
        assertThat(KontorCommand.execute("snapshot", "list", "--data", directory.toString()))
                .isZero();
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

    @Test
    void whoExportsSaysWhichSessionOfWhichStack() {
        String data = directory.toString();
        assertThat(KontorCommand.execute("export", "--data", data)).isEqualTo(2);
        assertThat(KontorCommand.execute("export", "--last", "--data", data)).isEqualTo(1);
        assertThat(KontorCommand.execute("export", "--last", "--format", "parquet", "--data", data))
                .isEqualTo(2);
    }

    @Test
    void whoImportsNamesCapturesThatAreThereAndAStackThatRuns() throws IOException {
        String data = directory.toString();
        assertThat(KontorCommand.execute("import", "--data", data)).isEqualTo(2);
        String missing = directory.resolve("missing.pcapng").toString();
        assertThat(KontorCommand.execute("import", missing, "--data", data)).isEqualTo(2);
        Path there = Files.createFile(directory.resolve("there.pcapng"));
        assertThat(KontorCommand.execute("import", there.toString(), "--data", data)).isEqualTo(1);
        assertThat(ImportCommand.worse(ExitStatus.INCOMPLETE, ExitStatus.OK))
                .isEqualTo(ExitStatus.INCOMPLETE);
        assertThat(ImportCommand.worse(ExitStatus.INCOMPLETE, ExitStatus.FAILED))
                .isEqualTo(ExitStatus.FAILED);
    }

    @Test
    void aBenchmarkThatThereIsNotIsAMistakeOfUsageAndStartsNothing() {
        Path data = directory.resolve("data");

        assertThat(KontorCommand.execute("bench", "latencies", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(KontorCommand.execute("bench", "--rounds", "0", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(KontorCommand.execute("bench", "--labs", "10", "--data", data.toString()))
                .isEqualTo(2);
        assertThat(Files.exists(data)).isFalse();
    }
}
