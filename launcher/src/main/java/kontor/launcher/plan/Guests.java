package kontor.launcher.plan;

import java.net.InetAddress;

/**
 * Where adapters on other computers find the broker, by TLS and each with a password of its own.
 *
 * @param address of this machine, as they reach it
 */
public record Guests(InetAddress address, int port) {

    /** Where no other is named. */
    public static final int USUAL_PORT = 29_093;

    /** As the broker calls its listener for them. */
    public static final String LISTENER = "GUESTS";

    /**
     * @throws IllegalArgumentException if it is no address by which others can reach this machine
     */
    public Guests {
        if (address.isAnyLocalAddress()) {
            throw new IllegalArgumentException(
                    "--guests %s: name the address by which guests reach this machine"
                            .formatted(address.getHostAddress()));
        }
    }

    /**
     * Reads {@code ADDRESS} or {@code ADDRESS:PORT}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Guests parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean port = colon >= 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        return port
                ? new Guests(
                        InetAddress.ofLiteral(text.substring(0, colon)),
                        Integer.parseInt(text.substring(colon + 1)))
                : new Guests(InetAddress.ofLiteral(text), USUAL_PORT);
    }

    /** As Kafka's settings name it: ADDRESS:PORT. */
    public String place() {
        String host = address.getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** The name of the files with the broker's key and certificate for this address. */
    public String fileName() {
        return address.getHostAddress().replace(':', '-');
    }
}
