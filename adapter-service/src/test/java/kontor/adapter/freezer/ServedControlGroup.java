package kontor.adapter.freezer;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import kontor.adapter.freezer.ControlGroup.Version;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/** A directory that looks like a control group, and a thread that does the kernel's part in it. */
final class ServedControlGroup implements FreezerContract.Game {

    /** Above what any machine here gives to a process. */
    private static final String MEMBER = "2147483647";

    private final Version version;
    private final Path directory;
    private final Duration patience;
    private final Thread kernel = new Thread(this::serve, "kontor-test-kernel");
    private volatile boolean frozen;
    private volatile boolean ended;

    ServedControlGroup(Version version, Path parent, Duration patience) throws IOException {
        this.version = version;
        this.directory = Files.createDirectory(parent.resolve("group"));
        this.patience = patience;
        Files.writeString(directory.resolve("cgroup.procs"), MEMBER + "\n");
        Files.writeString(directory.resolve(version.control), version.thaw);
        if (version == Version.V2) {
            tell();
        }
        kernel.start();
    }

    private void serve() {
        try {
            while (!ended) {
                boolean wanted =
                        Files.readString(directory.resolve(version.control))
                                .strip()
                                .equals(version.freeze);
                if (wanted != frozen) {
                    frozen = wanted;
                    if (version == Version.V2) {
                        tell();
                    }
                }
                LockSupport.parkNanos(50_000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell() throws IOException {
        Path draft = directory.resolve("draft");
        Files.writeString(draft, "populated 1\nfrozen " + (frozen ? 1 : 0) + "\n");
        Files.move(draft, directory.resolve(version.answer), ATOMIC_MOVE);
    }

    @Override
    public Freezer newFreezer() {
        return new ControlGroupFreezer(directory, patience);
    }

    @Override
    public boolean stands() throws IOException {
        return Files.readAllLines(directory.resolve(version.answer)).contains(version.frozen);
    }

    @Override
    public void awaitSignOfLife() {
        Awaitility.await("the game runs").atMost(Duration.ofSeconds(30)).until(() -> !frozen);
    }

    @Override
    public void end() throws Exception {
        ended = true;
        kernel.join();
        FileSystemUtils.deleteRecursively(directory);
    }
}
