package kontor.launcher.stack;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a stack keeps everything. One stack at a time: its supervisor holds the lock as long as it
 * lives, and the system gives it back when it dies.
 *
 * <pre>
 * database/  broker/  orchestrator/ ...   what each process keeps
 * logs/NAME.log                           this start's output; NAME.log.1 that of the one before
 * state.json                              which processes there are; only while they are
 * networks                                which network namespaces there are; only while they are
 * lock
 * </pre>
 */
public record DataDirectory(Path path) {

    /** Also the name of the supervisor's own log. */
    public static final String SUPERVISOR = "supervisor";

    private static final long MEGABYTE = 1024 * 1024;

    /** The broker's next segment and its indexes have no place in less. */
    private static final long FULL_BYTES = 64 * MEGABYTE;

    private static final String LOG_SUFFIX = ".log";

    public DataDirectory {
        path = path.toAbsolutePath().normalize();
    }

    public Path log(String name) {
        return path.resolve("logs").resolve(name + LOG_SUFFIX);
    }

    /** The names of all logs there are. */
    public List<String> logs() throws IOException {
        Path logs = path.resolve("logs");
        if (!Files.isDirectory(logs)) {
            return List.of();
        }
        try (var files = Files.list(logs)) {
            return files.map(file -> requireNonNull(file.getFileName()).toString())
                    .filter(name -> name.endsWith(LOG_SUFFIX))
                    .map(name -> name.substring(0, name.length() - LOG_SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    /** An empty log; what was in it is kept once. */
    public void renewLog(String name) throws IOException {
        Path log = log(name);
        Files.createDirectories(requireNonNull(log.getParent()));
        if (Files.exists(log)) {
            Files.move(
                    log,
                    log.resolveSibling(log.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.createFile(log);
    }

    /**
     * Makes it where it is missing, and looks whether this user can write to all that is in it.
     *
     * @throws LaunchRefusedException if not; says in a sentence where, why and what to do
     */
    public void requireWritable() throws LaunchRefusedException {
        try {
            Files.createDirectories(path);
            try (Stream<Path> entries = Files.list(path)) {
                for (Path entry : Stream.concat(Stream.of(path), entries).toList()) {
                    if (!Files.isWritable(entry)) {
                        throw new AccessDeniedException(entry.toString());
                    }
                }
            }
        } catch (IOException e) {
            throw new LaunchRefusedException(refusal(e));
        }
    }

    /** A sentence about its disk; empty unless that is full. */
    Optional<String> fullDisk() {
        try {
            long free = Files.getFileStore(path).getUsableSpace();
            return free < FULL_BYTES
                    ? Optional.of(
                            "disk of %s is full (%d MB left); restarting until there is space"
                                    .formatted(path, free / MEGABYTE))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Why it cannot be used, as a person would say it. */
    Refusal.DataNotWritable refusal(IOException failure) {
        Path where =
                failure instanceof FileSystemException at && at.getFile() != null
                        ? Path.of(at.getFile())
                        : path;
        return new Refusal.DataNotWritable(path, where, FileTrouble.reason(failure));
    }

    /** Empty if another stack has it, in whatever process. */
    Optional<Lock> lock() throws IOException {
        Files.createDirectories(path);
        FileChannel channel =
                FileChannel.open(
                        path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // By this very JVM.
        }
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new Lock(channel));
    }

    /** Closing gives the directory free. */
    record Lock(FileChannel channel) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** What says which network namespaces there are; only while they are. */
    public Path networks() {
        return path.resolve("networks");
    }

    /** What the last supervisor wrote; empty if it ended in good order, or there was none. */
    public Optional<StackState> readState() throws IOException {
        Path file = stateFile();
        return Files.exists(file)
                ? Optional.of(StackState.fromJson(Files.readString(file)))
                : Optional.empty();
    }

    /** A concurrent reader sees the old file or the new one, never a part. */
    void writeState(StackState state) throws IOException {
        Path next = path.resolve("state.json.next");
        Files.writeString(next, state.toJson());
        Files.move(next, stateFile(), StandardCopyOption.ATOMIC_MOVE);
    }

    void removeState() throws IOException {
        Files.deleteIfExists(stateFile());
    }

    private Path stateFile() {
        return path.resolve("state.json");
    }
}
