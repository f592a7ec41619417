package kontor.local.watch;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The source trees of some modules, and what changes in them. Owned by one thread. */
final class SourceTree implements AutoCloseable {

    private final Path root;
    private final WatchService watcher;
    private final Map<WatchKey, Path> directories = new HashMap<>();

    /**
     * @param root the top of the working copy
     */
    SourceTree(Path root, List<String> modules) throws IOException {
        this.root = root;
        this.watcher = FileSystems.getDefault().newWatchService();
        for (String module : modules) {
            watch(root.resolve(module).resolve("src/main"));
        }
    }

    /**
     * Blocks until something has changed, and then until nothing has for a while.
     *
     * @return what has changed, relative to the root
     */
    Set<Path> awaitChanges(Duration quiet) throws IOException, InterruptedException {
        Set<Path> changed = new HashSet<>();
        @Nullable WatchKey key = watcher.take();
        while (key != null) {
            take(key, changed);
            key = watcher.poll(quiet.toMillis(), TimeUnit.MILLISECONDS);
        }
        return changed;
    }

    private void take(WatchKey key, Set<Path> changed) throws IOException {
        Path directory = requireNonNull(directories.get(key));
        for (WatchEvent<?> event : key.pollEvents()) {
            // Without a name where there were too many: something in here, that will do.
            Path path = event.context() instanceof Path name ? directory.resolve(name) : directory;
            if (Files.isDirectory(path)) {
                watch(path);
            }
            changed.add(root.relativize(path));
        }
        if (!key.reset()) {
            directories.remove(key);
        }
    }

    private void watch(Path tree) throws IOException {
        if (!Files.isDirectory(tree)) {
            return;
        }
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) throws IOException {
                        directories.put(
                                directory.register(
                                        watcher,
                                        StandardWatchEventKinds.ENTRY_CREATE,
                                        StandardWatchEventKinds.ENTRY_MODIFY,
                                        StandardWatchEventKinds.ENTRY_DELETE),
                                directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    @Override
    public void close() throws IOException {
        watcher.close();
    }
}
