package kontor.analysis.directplay;

import kontor.analysis.dissect.Cursor;
import kontor.analysis.dissect.WordView;

/**
 * A Windows socket address, 16 bytes: family, port and IPv4 address in network order, 8 bytes of
 * padding. 0.0.0.0 means the address that the message came from.
 *
 * @param prefix of the fields' names, since a message has up to three of them and more
 */
record SocketAddress(String prefix, String label) {

    static final int LENGTH = 16;

    /** In the service provider header: the sender's TCP listening port. */
    static final SocketAddress HEADER = new SocketAddress("dplay.saddr", "Reply address");

    static final SocketAddress TCP = new SocketAddress("dplay.sp_data.tcp", "TCP address");
    static final SocketAddress UDP = new SocketAddress("dplay.sp_data.udp", "UDP address");

    /** Reads it and says {@code 10.20.0.2:2300}. */
    String read(Cursor in) {
        String[] shown = {""};
        in.group(
                prefix,
                label,
                address -> {
                    address.word(
                            prefix + ".af",
                            "Address family",
                            2,
                            WordView.hexNamed(family -> family == 2 ? "AF_INET" : ""));
                    long port = address.port(prefix + ".port", "Port");
                    String ip = address.ipv4(prefix + ".ip", "IP address");
                    address.raw(prefix + ".padding", "Padding", 8);
                    shown[0] = address.isIntact() ? ip + ":" + port : "";
                    return shown[0];
                });
        return shown[0];
    }
}
