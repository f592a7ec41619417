package kontor.launcher.plan;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the gateway is reached, and by whom.
 *
 * @param address what it listens on
 * @param tokenFile holds the token that it asks for; empty if it asks for none
 */
public record Entrance(InetAddress address, Optional<Path> tokenFile) {

    /** For those on this machine only; no token. */
    public static Entrance onLoopback() {
        return new Entrance(InetAddress.ofLiteral("127.0.0.1"), Optional.empty());
    }

    /** The address of page and API as seen from this machine; ends with a slash. */
    public URI page(int port) {
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return URI.create(
                "http://%s:%d/".formatted(host.contains(":") ? "[" + host + "]" : host, port));
    }
}
