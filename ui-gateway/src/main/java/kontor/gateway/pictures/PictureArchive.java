package kontor.gateway.pictures;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kontor.vocabulary.PictureName;
import org.jspecify.annotations.Nullable;

/**
 * The recorder's directory, read only; blocks. The recorder may delete any of it at any time.
 *
 * @param directoryOrNull null: there are no pictures
 */
record PictureArchive(@Nullable Path directoryOrNull) {

    /** No path leads out of the directory by it. */
    private static final Pattern INSTANCE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /**
     * What each screen looked like at an event.
     *
     * @param sequence {@link Long#MAX_VALUE}: at the newest
     */
    List<Picture> at(UUID session, long sequence) {
        if (directoryOrNull == null) {
            return List.of();
        }
        Path ofSession = directoryOrNull.resolve(session.toString());
        return names(ofSession).stream()
                .filter(instance -> INSTANCE.matcher(instance).matches())
                .sorted()
                .flatMap(instance ->
                        picture(session, instance, ofSession.resolve(instance), sequence).stream())
                .toList();
    }

    private static Optional<Picture> picture(
            UUID session, String instance, Path directory, long sequence) {
        return PictureName.at(pictures(directory), sequence)
                .map(name -> picture(session, instance, name));
    }

    private static Picture picture(UUID session, String instance, PictureName name) {
        return new Picture(
                instance,
                name.sequence(),
                Instant.EPOCH.plus(name.takenAtMicros(), ChronoUnit.MICROS),
                "/api/sessions/%s/screens/%s/%s".formatted(session, instance, name.file()));
    }

    private static List<PictureName> pictures(Path directory) {
        return names(directory).stream().flatMap(file -> PictureName.parse(file).stream()).toList();
    }

    /**
     * What one screen looked like, in the order in which the pictures were taken.
     *
     * @param after only those behind this one; null: from the beginning
     * @param limit so many at most
     */
    List<PictureName> track(UUID session, String instance, @Nullable PictureName after, int limit) {
        if (directoryOrNull == null || !INSTANCE.matcher(instance).matches()) {
            return List.of();
        }
        return pictures(directoryOrNull.resolve(session.toString()).resolve(instance)).stream()
                .filter(name -> after == null || PictureName.ORDER.compare(name, after) > 0)
                .sorted(PictureName.ORDER)
                .limit(limit)
                .toList();
    }

    /** As the API shows a picture of {@link #track}. */
    static List<Picture> shown(UUID session, String instance, List<PictureName> track) {
        return track.stream().map(name -> picture(session, instance, name)).toList();
    }

    /** A picture's bytes; empty if there is none of that name. */
    Optional<byte[]> read(UUID session, String instance, String file) {
        if (directoryOrNull == null
                || !INSTANCE.matcher(instance).matches()
                || PictureName.parse(file).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Files.readAllBytes(
                            directoryOrNull
                                    .resolve(session.toString())
                                    .resolve(instance)
                                    .resolve(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> requireNonNull(file.getFileName()).toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
