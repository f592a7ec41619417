package kontor.adapter.freezer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A small file that is there from before a game is frozen until after it is thawed: so that the
 * next life of an adapter that was killed thaws the game. Outlives the process, not the machine's
 * end.
 */
public final class FreezeMark {

    /**
     * What it says.
     *
     * @param sinceMicros wall clock, microseconds since 1970
     */
    record Note(String freezeId, long sinceMicros) {}

    private final Path file;

    public FreezeMark(Path file) {
        this.file = file;
    }

    void set(Note note) throws IOException {
        Files.createDirectories(requireNonNull(file.toAbsolutePath().getParent()));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, note.sinceMicros + " " + note.freezeId + "\n", UTF_8);
        Files.move(draft, file, ATOMIC_MOVE);
    }

    void clear() throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * @throws IOException if it is there and cannot be read
     */
    Optional<Note> read() throws IOException {
        try {
            String[] words = Files.readString(file, UTF_8).strip().split(" ", 2);
            return Optional.of(
                    new Note(words.length < 2 ? "" : words[1], Long.parseLong(words[0])));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NumberFormatException e) {
            throw new IOException(file + " is no mark of a freeze", e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
