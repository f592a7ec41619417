package kontor.launcher.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The directories of a cache, each unpacked from one build and named module-fingerprint. One that
 * is in use is never removed: a process of any stack on this machine has it on its command line, or
 * {@link #claim} was called for it within the last ten minutes. Several launchers may share a
 * cache.
 */
final class Layouts {

    /** Longer than from the claim to the start of the process, or than unpacking takes. */
    private static final Duration CLAIMED = Duration.ofMinutes(10);

    private Layouts() {}

    /** Whether the directory is there; if so, it stays for the process that is started next. */
    static synchronized boolean claim(Path layout) throws IOException {
        if (!Files.isDirectory(layout)) {
            return false;
        }
        try (FileChannel channel = lockFile(layout);
                FileLock _ = channel.lock()) {
            if (!Files.isDirectory(layout)) {
                return false;
            }
            Files.setLastModifiedTime(layout, FileTime.from(Instant.now()));
            return true;
        }
    }

    /**
     * Removes the directories of the module's other builds that are not in use, and what a crash
     * left of them. What cannot be removed stays.
     *
     * @return what could not be removed
     */
    static synchronized List<Path> removeUnused(Path current) throws IOException {
        String name = requireNonNull(current.getFileName()).toString();
        String module = name.substring(0, name.lastIndexOf('-'));
        Instant oldest = Instant.now().minus(CLAIMED);
        try (FileChannel channel = lockFile(current);
                FileLock _ = channel.lock();
                DirectoryStream<Path> builds =
                        Files.newDirectoryStream(
                                requireNonNull(current.getParent()), module + "-*")) {
            List<String> commands = ProcessTable.commandLines();
            List<Path> failed = new ArrayList<>();
            for (Path build : builds) {
                if (build.equals(current)
                        || commands.stream().anyMatch(naming(build).asPredicate())) {
                    continue;
                }
                try {
                    if (Files.getLastModifiedTime(build).toInstant().isBefore(oldest)) {
                        DirectorySwap.unmake(build);
                    }
                } catch (NoSuchFileException e) {
                    // Another launcher has just finished unpacking it, under its own name.
                } catch (IOException e) {
                    failed.add(build);
                }
            }
            return failed;
        }
    }

    /** Finds the directory by its name, which no other build has: paths may lead through links. */
    private static Pattern naming(Path build) {
        return Pattern.compile(
                "/" + Pattern.quote(requireNonNull(build.getFileName()).toString()) + "\\b");
    }

    private static FileChannel lockFile(Path layout) throws IOException {
        return FileChannel.open(
                requireNonNull(layout.getParent()).resolve("layouts.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }
}
