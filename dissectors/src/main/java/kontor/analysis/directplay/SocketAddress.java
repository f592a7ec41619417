package kontor.analysis.directplay;

import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.WordView;
import kontor.vocabulary.Bytes;

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

    /** Reads it; it is shown as {@code 10.20.0.2:2300}. */
    void read(Cursor in) {
        in.group(
                prefix,
                label,
                group -> {
                    group.word(family, "Address family", 2, FAMILY);
                    group.port(port, "Port");
                    group.ipv4(address, "IP address");
                    group.raw(padding, "Padding", 8);
                },
                SocketAddress::show);
    }

    /** {@code 10.20.0.2:2300}, of an address that is all there. */
    static String show(Bytes bytes) {
        return bytes.unsignedAt(4)
                + "."
                + bytes.unsignedAt(5)
                + "."
                + bytes.unsignedAt(6)
                + "."
                + bytes.unsignedAt(7)
                + ":"
                + (bytes.unsignedAt(2) << Byte.SIZE | bytes.unsignedAt(3));
    }
}
