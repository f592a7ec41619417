package kontor.adapter.game;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.loss.SocketReading;

/**
 * Linux's table of the datagram sockets in this network namespace, {@code /proc/net/udp} and {@code
 * udp6}. In the latter stand the sockets that a JVM makes, with IPv4 addresses mapped into IPv6
 * ones.
 */
final class SocketTable {

    private static final List<Path> FILES =
            List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    private static final Pattern COLUMN_BREAK = Pattern.compile(" +");
    private static final int LOCAL = 1;
    private static final int INODE = 9;
    private static final int DROPS = 12;
    private static final int HEX = 16;
    private static final int DIGITS_OF_A_WORD = 8;

    private SocketTable() {}

    /** Reads it; some hundred rows take about a millisecond. Empty if there is no such table. */
    static List<SocketReading> read() throws IOException {
        List<SocketReading> sockets = new ArrayList<>();
        for (Path file : FILES) {
            if (Files.isReadable(file)) {
                try (BufferedReader lines = Files.newBufferedReader(file)) {
                    lines.lines().forEach(line -> parse(line).ifPresent(sockets::add));
                }
            }
        }
        return sockets;
    }

    /** One row of either file; empty for the heading and for what is no row. */
    static Optional<SocketReading> parse(String line) {
        String[] columns = COLUMN_BREAK.split(line.trim(), -1);
        if (columns.length <= DROPS) {
            return Optional.empty();
        }
        int colon = columns[LOCAL].indexOf(':');
        try {
            InetAddress address = address(columns[LOCAL].substring(0, Math.max(0, colon)));
            int port = Integer.parseInt(columns[LOCAL], colon + 1, columns[LOCAL].length(), HEX);
            return Optional.of(
                    new SocketReading(
                            new Endpoint(address, port),
                            Long.parseLong(columns[INODE]),
                            Long.parseLong(columns[DROPS])));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Words of 32 bits, each as the machine holds it. */
    private static InetAddress address(String hex) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(hex.length() / 2).order(ByteOrder.nativeOrder());
        for (int at = 0; at < hex.length(); at += DIGITS_OF_A_WORD) {
            bytes.putInt(Integer.parseUnsignedInt(hex, at, at + DIGITS_OF_A_WORD, HEX));
        }
        return InetAddress.getByAddress(bytes.array());
    }
}
