package kontor.launcher.training;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where caches lie, each beside what its process runs from; one at a time puts some there. */
record CacheShelf(FileChannel channel) implements AutoCloseable {

    /** Empty if somebody else is at it, in this process or another. */
    static Optional<CacheShelf> take(Path directory) throws IOException {
        Path lock = Files.createDirectories(directory).resolve("training.lock");
        FileChannel channel =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock held = channel.tryLock();
        if (held == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new CacheShelf(channel));
    }

    /** Puts one that is whole in its place; those of other builds are of no use any more. */
    static void publish(Path written, Path cache) throws IOException {
        Path layout = requireNonNull(cache.getParent());
        String name = requireNonNull(layout.getFileName()).toString();
        String module = name.substring(0, name.lastIndexOf('-'));
        Path all = requireNonNull(layout.getParent());
        try (DirectoryStream<Path> builds = Files.newDirectoryStream(all, module + "-*")) {
            for (Path build : builds) {
                removeCaches(build);
            }
        }
        Files.move(written, cache, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void removeCaches(Path build) throws IOException {
        try (DirectoryStream<Path> caches = Files.newDirectoryStream(build, "*.aot")) {
            for (Path cache : caches) {
                Files.deleteIfExists(cache);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
