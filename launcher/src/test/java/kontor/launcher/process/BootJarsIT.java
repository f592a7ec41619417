package kontor.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left in the cache after builds, with real processes that run from it. */
final class BootJarsIT {

    @TempDir private Path directory;

    /** Of this test alone: other tests' processes may be running on the machine. */
    private final String module = "broker" + UUID.randomUUID().toString().replace("-", "");

    private Path jar = Path.of("");
    private Path log = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        jar = Files.writeString(directory.resolve("built.jar"), "a build");
        log = directory.resolve("log");
    }

    @Test
    void theNextBuildReplacesThatOfAnHourAgo() throws Exception {
        Path old = layout("broker-1", Duration.ofHours(1));

        copyBuild("broker-2");

        assertThat(old).doesNotExist();
        assertThat(layout("broker-2").resolve("broker.jar")).exists();
    }

    @Test
    void aDirectoryStaysAsLongAsAnyProcessRunsFromIt() throws Exception {
        Path old = layout("broker-1", Duration.ofDays(30));
        try (Reader process = Reader.of(old.resolve("broker.jar"))) {
            copyBuild("broker-2");
            assertThat(process.process.isAlive()).isTrue();
            assertThat(old.resolve("broker.jar")).exists();
        }

        copyBuild("broker-3");

        assertThat(old).doesNotExist();
    }

    @Test
    void aDirectoryStaysForAProcessThatIsAboutToStart() throws Exception {
        Path old = layout("broker-1", Duration.ofHours(1));
        copyBuild("broker-1");

        copyBuild("broker-2");

        assertThat(old).exists();
    }

    @Test
    void aProcessOfABuildWithALongerNameKeepsNothing() throws Exception {
        Path old = layout("broker-1", Duration.ofHours(1));
        Path longer = layout("broker-1a", Duration.ofHours(1));
        try (Reader _ = Reader.of(longer.resolve("broker.jar"))) {
            copyBuild("broker-2");
        }

        assertThat(old).doesNotExist();
        assertThat(longer).exists();
    }

    @Test
    void otherModulesStay() throws Exception {
        Path other = layout("schemas-1", Duration.ofHours(1));

        copyBuild("broker-2");

        assertThat(other).exists();
    }

    @Test
    void whatACrashLeftIsRemoved() throws Exception {
        Path half = layout("broker-1.unfinished-4194305", Duration.ofHours(1));

        copyBuild("broker-2");

        assertThat(half).doesNotExist();
    }

    @Test
    void whatAnotherLauncherIsUnpackingStays() throws Exception {
        Path half = layout("broker-3.unfinished-4194305", Duration.ZERO);

        copyBuild("broker-2");

        assertThat(half).exists();
    }

    @Test
    void buildsUnpackedAtOnceDoNotDisturbEachOther() throws Exception {
        Path old = layout("broker-1", Duration.ofHours(1));
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService launchers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = launchers.submit(() -> copyAfter(start, "broker-2"));
            Future<?> second = launchers.submit(() -> copyAfter(start, "broker-3"));
            start.countDown();
            first.get();
            second.get();
        }

        assertThat(old).doesNotExist();
        assertThat(layout("broker-2").resolve("broker.jar")).exists();
        assertThat(layout("broker-3").resolve("broker.jar")).exists();
    }

    private Void copyAfter(CountDownLatch start, String name) throws Exception {
        start.await();
        copyBuild(name);
        return null;
    }

    private void copyBuild(String name) throws Exception {
        BootJars.copy(jar, layout(name).resolve("broker.jar"), log);
    }

    private Path layout(String name) {
        return directory.resolve("unpacked").resolve(name.replace("broker", module));
    }

    private Path layout(String name, Duration age) throws IOException {
        Path layout = Files.createDirectories(layout(name));
        Files.writeString(layout.resolve("broker.jar"), "an earlier build");
        Files.setLastModifiedTime(layout, FileTime.from(Instant.now().minus(age)));
        return layout;
    }

    /** A process with a file on its command line, as a JVM has its jar. */
    private record Reader(Process process) implements AutoCloseable {

        static Reader of(Path file) throws IOException {
            // Two commands, so that the shell does not replace itself by one without the file.
            Process process =
                    new ProcessBuilder(
                                    "/bin/sh", "-c", "echo started; read line; :", file.toString())
                            .start();
            process.inputReader().readLine();
            return new Reader(process);
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
