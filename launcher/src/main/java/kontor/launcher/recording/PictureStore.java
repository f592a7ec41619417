package kontor.launcher.recording;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.PictureName;

/**
 * Pictures on disk, as {@code DIRECTORY/SESSION/INSTANCE/SEQUENCE-MICROS.png}, up to a number of
 * bytes: beyond, the oldest of all sessions are deleted. A picture is there whole or not at all.
 *
 * <p>Thread-safe. One store for a directory: what others write or delete there is not noticed.
 */
final class PictureStore {

    private record Kept(Path file, long bytes, long takenAtMicros) {}

    private final Path directory;
    private final long mostBytes;

    /** The oldest first. */
    private final Deque<Kept> all = new ArrayDeque<>();

    private long bytes;

    private PictureStore(Path directory, long mostBytes) {
        this.directory = directory;
        this.mostBytes = mostBytes;
    }

    /** Opens the store; existing pictures count towards its size. */
    static PictureStore open(Path directory, long mostBytes) throws IOException {
        Files.createDirectories(directory);
        PictureStore store = new PictureStore(directory, mostBytes);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Optional<PictureName> name = PictureName.parse(nameOf(file));
                if (name.isPresent()) {
                    store.all.add(new Kept(file, Files.size(file), name.get().takenAtMicros()));
                }
            }
        }
        List<Kept> sorted =
                store.all.stream().sorted(Comparator.comparingLong(Kept::takenAtMicros)).toList();
        store.all.clear();
        store.all.addAll(sorted);
        store.bytes = sorted.stream().mapToLong(Kept::bytes).sum();
        return store;
    }

    synchronized void keep(String session, InstanceName instance, PictureName name, byte[] png)
            throws IOException {
        Path place = directory.resolve(session).resolve(instance.value());
        Files.createDirectories(place);
        Path file = place.resolve(name.file());
        Path unfinished = place.resolve(name.file() + ".next");
        Files.write(unfinished, png);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        all.add(new Kept(file, png.length, name.takenAtMicros()));
        bytes += png.length;
        while (bytes > mostBytes && all.size() > 1) {
            Kept oldest = all.removeFirst();
            Files.deleteIfExists(oldest.file());
            bytes -= oldest.bytes();
        }
    }

    private static String nameOf(Path file) {
        return requireNonNull(file.getFileName()).toString();
    }
}
