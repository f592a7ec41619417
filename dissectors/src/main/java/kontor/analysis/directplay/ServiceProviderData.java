package kontor.analysis.directplay;

import kontor.analysis.dissect.Cursor;
import kontor.vocabulary.Bytes;

/**
 * docs/protocol/directplay4.md, "Service provider data": the TCP and the UDP address of a machine,
 * 32 bytes in every packet seen. Another length is kept raw.
 */
final class ServiceProviderData {

    static final int LENGTH = 2 * SocketAddress.LENGTH;

    private ServiceProviderData() {}

    private static String show(Bytes bytes) {
        return "TCP "
                + SocketAddress.show(bytes)
                + ", UDP "
                + SocketAddress.show(bytes.from(SocketAddress.LENGTH));
    }

    static void read(Cursor in, String name, long length) {
        if (length == 0) {
            return;
        }
        if (length != LENGTH) {
            in.raw(name, "Service provider data", length);
            return;
        }
        in.group(
                name,
                "Service provider data",
                length,
                data -> {
                    Bytes bytes = data.peek(LENGTH);
                    SocketAddress.TCP.read(data);
                    SocketAddress.UDP.read(data);
                    return data.isIntact() ? show(bytes) : "";
                });
    }
}
