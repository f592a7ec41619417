package kontor.launcher.stack;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The file of the token that a gateway asks for. */
public final class TokenFile {

    private static final int RANDOM_BYTES = 32;

    private TokenFile() {}

    /** Leaves an existing file unchanged; a new one is readable by its owner only. */
    static void makeIfMissing(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        Files.createDirectories(requireNonNull(file.toAbsolutePath().getParent()));
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(random));
    }

    /**
     * The token in it.
     *
     * @throws IOException if it cannot be read; says which file
     */
    public static String read(Path file) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException("could not read the token in %s: %s".formatted(file, e), e);
        }
    }
}
