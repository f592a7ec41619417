package kontor.gateway.analyzers;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The watched directory of users' analyzers, from which analysis takes what is saved. Only files
 * with the name of an analyzer are read and written, never through a link, and a reader sees either
 * the text before or the text after. Blocks.
 *
 * <p>Thread-safe: of two that replace the same text, one is refused.
 */
final class AnalyzerFiles {

    /** As analysis takes them. */
    private static final Pattern NAME =
            Pattern.compile("[A-Z][A-Za-z0-9_]{0,63}\\.java|[a-z][a-z0-9_]{0,63}\\.ksy");

    private static final int MOST_FILES = 100;

    /** In UTF-8. */
    static final int MOST_BYTES = 128 * 1024;

    private final Path directory;

    AnalyzerFiles(Path directory) {
        this.directory = directory;
    }

    /** A file of the directory. */
    record Text(String text, String version) {}

    /** The text of a file was not the one that was to be replaced. */
    static final class ChangedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** The directory has as many analyzers as are looked at. */
    static final class FullException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    static boolean isName(String file) {
        return NAME.matcher(file).matches();
    }

    /**
     * Returns a file's text; empty if there is no such file.
     *
     * @throws IOException if it cannot be read, is a link or too long
     */
    synchronized Optional<Text> read(String file) throws IOException {
        Path path = path(file);
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        mustBeRegular(path);
        try {
            String text = Files.readString(path);
            return Optional.of(new Text(text, version(text)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text in UTF-8", e);
        }
    }

    /**
     * Puts a text in place of the one that a file has.
     *
     * @param replaces version of the text that is replaced; null for a new file
     * @return the version of the new text
     * @throws ChangedException if the file has another text by now; nothing is written
     * @throws FullException if a further file would not be looked at; nothing is written
     * @throws IOException if it could not be written; the text before stays
     */
    synchronized String write(String file, String text, @Nullable String replaces)
            throws IOException, ChangedException, FullException {
        Path path = path(file);
        @Nullable String there = read(file).map(Text::version).orElse(null);
        if (there == null ? replaces != null : !there.equals(replaces)) {
            throw new ChangedException();
        }
        Files.createDirectories(directory);
        if (there == null && count() >= MOST_FILES) {
            throw new FullException();
        }
        Path part = directory.resolve("." + UUID.randomUUID() + ".part");
        try {
            Files.writeString(part, text);
            Files.move(
                    part,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(file + " is a directory", e);
        } finally {
            Files.deleteIfExists(part);
        }
        return version(text);
    }

    /**
     * Takes a file away.
     *
     * @throws ChangedException if the file has another text by now, or is gone
     */
    synchronized void delete(String file, String version) throws IOException, ChangedException {
        if (!read(file).map(Text::version).orElse("").equals(version)) {
            throw new ChangedException();
        }
        Files.delete(path(file));
    }

    private long count() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> isName(String.valueOf(path.getFileName()))).count();
        }
    }

    private Path path(String file) {
        if (!isName(file)) {
            throw new IllegalArgumentException("no name of an analyzer's file: " + file);
        }
        return directory.resolve(file);
    }

    private static void mustBeRegular(Path path) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path.getFileName() + " is no regular file");
        }
        if (Files.size(path) > MOST_BYTES) {
            throw new IOException(
                    "%s has more than %d bytes".formatted(path.getFileName(), MOST_BYTES));
        }
    }

    private static String version(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
