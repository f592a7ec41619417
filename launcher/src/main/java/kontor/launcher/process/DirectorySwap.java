package kontor.launcher.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Makes a directory whole or not at all: it is filled under another name and then renamed. Of two
 * processes that make the same one, both end with a whole one.
 */
public final class DirectorySwap {

    /** As many as there are directories to make: a handful. */
    private static final Map<Path, Object> ONE_AT_A_TIME = new ConcurrentHashMap<>();

    private DirectorySwap() {}

    /** Fills a directory that does not exist yet. */
    @FunctionalInterface
    public interface Filler {
        void fill(Path directory) throws IOException, InterruptedException, PreparationException;
    }

    /** Does nothing if the directory exists. */
    public static void make(Path directory, Filler filler)
            throws IOException, InterruptedException, PreparationException {
        synchronized (ONE_AT_A_TIME.computeIfAbsent(directory, path -> new Object())) {
            makeAlone(directory, filler);
        }
    }

    private static void makeAlone(Path directory, Filler filler)
            throws IOException, InterruptedException, PreparationException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectories(requireNonNull(directory.getParent()));
        Path unfinished = unfinished(directory);
        remove(unfinished);
        try {
            filler.fill(unfinished);
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
            // Another process was quicker, and theirs is as good.
        } finally {
            remove(unfinished);
        }
    }

    /** Removes a directory that others see whole or not at all, even if this process crashes. */
    static void unmake(Path directory) throws IOException {
        Path unfinished = unfinished(directory);
        remove(unfinished);
        Files.move(directory, unfinished, StandardCopyOption.ATOMIC_MOVE);
        remove(unfinished);
    }

    private static Path unfinished(Path directory) {
        return directory.resolveSibling(
                directory.getFileName() + ".unfinished-" + ProcessHandle.current().pid());
    }

    /** Removes a directory with all that is in it; none is no error. */
    public static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
