package kontor.adapter.game;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
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
    private static final int PORT_DIGITS = 4;
    private static final int DIGITS_OF_A_WORD = 8;

    private SocketTable() {}

    /**
     * Reads the rows of some ports, and of all sockets that have dropped anything; empty if there
     * is no such table. A lab on one machine has two thousand rows: the others are stepped over.
     */
    static Optional<List<SocketReading>> read(IntPredicate ports) throws IOException {
        List<SocketReading> sockets = new ArrayList<>();
        boolean found = false;
        for (Path file : FILES) {
            if (Files.isReadable(file)) {
                found = true;
                sockets.addAll(rows(Files.readAllBytes(file), ports));
            }
        }
        return found ? Optional.of(sockets) : Optional.empty();
    }

    /** Of either file, whole. */
    static List<SocketReading> rows(byte[] table, IntPredicate ports) {
        List<SocketReading> sockets = new ArrayList<>();
        int from = 0;
        while (from < table.length) {
            int to = indexOf('\n', table, from, table.length);
            if (ports.test(localPort(table, from, to)) || !endsWithZero(table, from, to)) {
                parse(new String(table, from, to - from, StandardCharsets.ISO_8859_1))
                        .ifPresent(sockets::add);
            }
            from = to + 1;
        }
        return sockets;
    }

    /** Behind the second colon; -1 where there is none. */
    private static int localPort(byte[] table, int from, int to) {
        int row = indexOf(':', table, from, to);
        int port = indexOf(':', table, row + 1, to) + 1;
        int number = 0;
        for (int at = port; at < port + PORT_DIGITS; at++) {
            int digit = at < to ? Character.digit(table[at], HEX) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number * HEX + digit;
        }
        return number;
    }

    /** Whether the last column, that of the drops, is 0; short rows are filled with blanks. */
    private static boolean endsWithZero(byte[] table, int from, int to) {
        int last = to - 1;
        while (last > from && table[last] == ' ') {
            last--;
        }
        return last > from && table[last] == '0' && table[last - 1] == ' ';
    }

    private static int indexOf(char what, byte[] table, int from, int to) {
        int at = from;
        while (at < to && table[at] != what) {
            at++;
        }
        return at;
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
