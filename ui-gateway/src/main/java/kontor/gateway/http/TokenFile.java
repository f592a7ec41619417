package kontor.gateway.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import kontor.gateway.access.AccessRefusedException;
import kontor.gateway.access.Token;

/** Reads the token, once, at the start. */
final class TokenFile {

    /**
     * Where containers have their secrets. An engine mounts them with the modes of the host's
     * files, often readable for all, since the users inside are others; nobody but us is inside.
     */
    private static final Path OF_A_CONTAINER = Path.of("/run/secrets");

    private TokenFile() {}

    /**
     * @throws AccessRefusedException if there is no token in it, or anybody could read it
     */
    static Token read(Path file) {
        try {
            if (!file.startsWith(OF_A_CONTAINER)
                    && Files.getPosixFilePermissions(file)
                            .contains(PosixFilePermission.OTHERS_READ)) {
                throw new AccessRefusedException(
                        "The token in %s (KONTOR_TOKEN_FILE) can be read by everybody on this"
                                        .formatted(file)
                                + " machine.",
                        "chmod 600 %s, and better make another: ".formatted(file)
                                + Token.RECIPE.formatted(file));
            }
            return Token.of(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new AccessRefusedException(
                    "The token in %s (KONTOR_TOKEN_FILE) cannot be read: %s.".formatted(file, e),
                    "Make one: " + Token.RECIPE.formatted(file));
        }
    }
}
