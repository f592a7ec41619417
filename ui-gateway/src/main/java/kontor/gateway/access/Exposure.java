package kontor.gateway.access;

import java.net.InetAddress;
import java.util.Optional;

/**
 * From where the gateway can be reached.
 *
 * @param bound what it listens on; the wildcard address: on everything that the machine has
 * @param published where somebody else makes that port reachable, and nowhere else: a container's
 *     engine, for instance
 */
public record Exposure(InetAddress bound, Optional<InetAddress> published) {

    /** The address that those who use it see. */
    public InetAddress reached() {
        return published.orElse(bound);
    }

    public boolean beyondLoopback() {
        return !reached().isLoopbackAddress();
    }

    /**
     * Lets nobody in from elsewhere who has no token.
     *
     * @throws AccessRefusedException if a token is needed and there is none
     */
    public void requireToken(Optional<Token> token) {
        if (!beyondLoopback() || token.isPresent()) {
            return;
        }
        throw new AccessRefusedException(
                "The gateway would be reachable at %s, beyond this machine, without a token."
                        .formatted(reached().getHostAddress()),
                "Name the file of a token with KONTOR_TOKEN_FILE (it holds one line of at least %d"
                                .formatted(Token.LEAST_LENGTH)
                        + " letters and digits; nobody else may read it), for instance"
                        + System.lineSeparator()
                        + "    "
                        + Token.RECIPE.formatted("token")
                        + System.lineSeparator()
                        + "or listen on loopback only: KONTOR_HTTP_ADDRESS=127.0.0.1. In a"
                        + " container whose port is published on loopback only, say so:"
                        + " KONTOR_PUBLISHED_ADDRESS=127.0.0.1.");
    }
}
