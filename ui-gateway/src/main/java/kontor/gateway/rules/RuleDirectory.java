package kontor.gateway.rules;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kontor.rules.RuleFile;

/**
 * The files of rules in a directory, which need not exist. Others edit them too, so each look reads
 * them all: there are few, and they are small. Thread-safe.
 */
final class RuleDirectory {

    /** What a file must be called to be one of rules. */
    static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\.(yaml|yml|json|java)");

    private static final int MOST_FILES = 100;
    private static final long MOST_BYTES = 256 * 1024;

    private final Path directory;

    RuleDirectory(Path directory) {
        this.directory = directory;
    }

    Path path() {
        return directory;
    }

    /**
     * All files, by name. A file that is being replaced is left out until the next look.
     *
     * @throws IOException if the directory cannot be read
     */
    synchronized List<RuleFile> read() throws IOException {
        List<RuleFile> found = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return found;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (NAME.matcher(name).matches()
                        && found.size() < MOST_FILES
                        && Files.isRegularFile(file)
                        && Files.size(file) <= MOST_BYTES) {
                    found.add(new RuleFile(name, text(file)));
                }
            }
        }
        return found;
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            // A problem of the file, said with its place.
            return "\0";
        }
    }

    /**
     * Replaces a file as a whole; creates the directory where it is missing.
     *
     * @throws IOException if it cannot be written
     */
    synchronized void write(RuleFile file) throws IOException {
        Files.createDirectories(directory);
        Path written = Files.createTempFile(directory, ".rules", ".tmp");
        try {
            Files.writeString(written, file.text());
            move(written, directory.resolve(file.name()));
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * @return whether it was there
     * @throws IOException if it cannot be deleted
     */
    synchronized boolean delete(String name) throws IOException {
        return Files.deleteIfExists(directory.resolve(name));
    }
}
