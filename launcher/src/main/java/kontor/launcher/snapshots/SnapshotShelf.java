package kontor.launcher.snapshots;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Snapshots on disk, a directory each. One that has a manifest is whole: it is renamed to its name
 * when all of it is written.
 *
 * @param directory need not exist
 */
public record SnapshotShelf(Path directory) {

    /** No path leads out of the directory by it. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MANIFEST = "snapshot.json";
    private static final String UNFINISHED = ".unfinished";

    /** Whether a snapshot may be called so. */
    public static boolean names(String name) {
        return NAME.matcher(name).matches();
    }

    /** All that are whole, the earliest first. */
    public List<SnapshotManifest> list() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<SnapshotManifest> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                find(requireNonNull(entry.getFileName()).toString()).ifPresent(found::add);
            }
        }
        return found.stream().sorted(Comparator.comparing(SnapshotManifest::takenAt)).toList();
    }

    /** One that is whole. */
    public Optional<SnapshotManifest> find(String name) throws IOException {
        Path manifest = directory.resolve(name).resolve(MANIFEST);
        return names(name) && Files.exists(manifest)
                ? Optional.of(JSON.readValue(Files.readString(manifest), SnapshotManifest.class))
                : Optional.empty();
    }

    /** Where a game's images are. */
    Path images(String name, String game) {
        return directory.resolve(name).resolve(game);
    }

    /** An empty directory for one that is being written; what a killed attempt left is deleted. */
    Path begin(String name) throws IOException {
        Path unfinished = directory.resolve(name + UNFINISHED);
        delete(unfinished);
        return Files.createDirectories(unfinished);
    }

    /** Makes a snapshot of what {@link #begin} began, in one step. */
    void complete(Path unfinished, SnapshotManifest manifest) throws IOException {
        Files.writeString(unfinished.resolve(MANIFEST), JSON.writeValueAsString(manifest));
        Files.move(unfinished, directory.resolve(manifest.name()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes what was begun and cannot be completed. */
    static void delete(Path unfinished) throws IOException {
        if (!Files.exists(unfinished)) {
            return;
        }
        try (Stream<Path> files = Files.walk(unfinished)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
