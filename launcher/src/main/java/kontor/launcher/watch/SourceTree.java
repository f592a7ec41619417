package kontor.launcher.watch;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The source trees of some modules, and what changes in them. What the system tells is only taken
 * as a sign that something did: what did is found by looking, so that nothing is missed and a file
 * that was merely touched is none. Owned by one thread.
 */
final class SourceTree implements AutoCloseable {

    private final Path root;
    private final List<String> modules;
    private final WatchService watcher;
    private Snapshot seen = new Snapshot(Map.of());

    /**
     * What changes from now on is found, whenever it is asked for.
     *
     * @param root the top of the working copy
     */
    SourceTree(Path root, List<String> modules) throws IOException {
        this.root = root;
        this.modules = List.copyOf(modules);
        this.watcher = FileSystems.getDefault().newWatchService();
        this.seen = look();
    }

    /**
     * Blocks until the content of a file has changed, and then until nothing has happened for a
     * while.
     *
     * @return what has changed, relative to the root
     */
    Set<Path> awaitChanges(Duration quiet) throws IOException, InterruptedException {
        while (true) {
            @Nullable WatchKey key = watcher.take();
            while (key != null) {
                key.pollEvents();
                key.reset();
                key = watcher.poll(quiet.toMillis(), TimeUnit.MILLISECONDS);
            }
            Snapshot now = look();
            Set<Path> changed = now.changedSince(seen);
            seen = now;
            if (!changed.isEmpty()) {
                return changed;
            }
        }
    }

    /** Directories that are new are watched before they are read. */
    private Snapshot look() throws IOException {
        Map<Path, Snapshot.Content> files = new HashMap<>();
        for (String module : modules) {
            Path sources = root.resolve(module).resolve("src/main");
            if (Files.isDirectory(sources)) {
                Files.walkFileTree(sources, new Look(files));
            }
        }
        return new Snapshot(files);
    }

    /** Files and directories come and go meanwhile: what is gone is not there. */
    private final class Look extends SimpleFileVisitor<Path> {

        private final Map<Path, Snapshot.Content> files;

        Look(Map<Path, Snapshot.Content> files) {
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                throws IOException {
            try {
                // Of one that is watched already nothing changes by that.
                directory.register(
                        watcher,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
                return FileVisitResult.CONTINUE;
            } catch (NoSuchFileException e) {
                return FileVisitResult.SKIP_SUBTREE;
            }
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            // Links are what editors lock with; they lead nowhere.
            if (attributes.isRegularFile()) {
                Path path = root.relativize(file);
                Snapshot.@Nullable Content before = seen.files().get(path);
                if (before != null
                        && before.modified().equals(attributes.lastModifiedTime())
                        && before.size() == attributes.size()) {
                    files.put(path, before);
                } else {
                    read(path, attributes);
                }
            }
            return FileVisitResult.CONTINUE;
        }

        private void read(Path path, BasicFileAttributes attributes) throws IOException {
            try {
                files.put(
                        path,
                        new Snapshot.Content(
                                attributes.lastModifiedTime(),
                                attributes.size(),
                                hash(Files.readAllBytes(root.resolve(path)))));
            } catch (NoSuchFileException e) {
                // Gone meanwhile.
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        watcher.close();
    }
}
