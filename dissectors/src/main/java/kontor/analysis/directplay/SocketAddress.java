package kontor.analysis.directplay;

import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.WordView;

/**
 * A Windows socket address, 16 bytes: family, port and IPv4 address in network order, 8 bytes of
 * padding. 0.0.0.0 means the address that the message came from. A message has up to three of them
 * and more, each with field names of its own.
 */
final class SocketAddress {

    static final int LENGTH = 16;

    /** In the service provider header: the sender's TCP listening port. */
    static final SocketAddress HEADER = new SocketAddress("dplay.saddr", "Reply address");

    static final SocketAddress TCP = new SocketAddress("dplay.sp_data.tcp", "TCP address");
    static final SocketAddress UDP = new SocketAddress("dplay.sp_data.udp", "UDP address");

    private static final WordView FAMILY =
            WordView.hexNamed(family -> family == 2 ? "AF_INET" : "");

    private final String prefix;
    private final String label;
    private final String family;
    private final String port;
    private final String address;
    private final String padding;

    /**
     * @param prefix of the fields' names
     */
    SocketAddress(String prefix, String label) {
        this.prefix = prefix;
        this.label = label;
        this.family = prefix + ".af";
        this.port = prefix + ".port";
        this.address = prefix + ".ip";
        this.padding = prefix + ".padding";
    }

    /** Reads it and says {@code 10.20.0.2:2300}. */
    String read(Cursor in) {
        String[] shown = {""};
        in.group(
                prefix,
                label,
                group -> {
                    group.word(family, "Address family", 2, FAMILY);
                    long number = group.port(port, "Port");
                    String ip = group.ipv4(address, "IP address");
                    group.raw(padding, "Padding", 8);
                    shown[0] = group.isIntact() ? ip + ":" + number : "";
                    return shown[0];
                });
        return shown[0];
    }
}
