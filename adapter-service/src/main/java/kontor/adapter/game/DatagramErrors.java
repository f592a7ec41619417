package kontor.adapter.game;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Linux's counters of datagrams that came for a socket of this network namespace and were dropped,
 * for whatever reason: {@code InErrors} of {@code /proc/net/snmp} and {@code snmp6}. Whatever a
 * socket counts in its own row of the {@link SocketTable} is in there too, and two small files are
 * read in a fraction of the time that two thousand rows take.
 */
final class DatagramErrors {

    private static final Path IPV4 = Path.of("/proc/net/snmp");
    private static final Path IPV6 = Path.of("/proc/net/snmp6");
    private static final String IPV4_ROW = "Udp: ";
    private static final String IPV6_ROW = "Udp6InErrors";

    private DatagramErrors() {}

    /** The sum; empty where there is no such counter. */
    static OptionalLong read() throws IOException {
        if (!Files.isReadable(IPV4)) {
            return OptionalLong.empty();
        }
        return sum(
                Files.readAllLines(IPV4),
                Files.isReadable(IPV6) ? Files.readAllLines(IPV6) : List.of());
    }

    /**
     * Of the two files.
     *
     * @param ipv4 with a row of names and a row of values
     * @param ipv6 with a name and a value in each row; none where there is no IPv6
     */
    static OptionalLong sum(List<String> ipv4, List<String> ipv6) {
        List<List<String>> rows =
                ipv4.stream()
                        .filter(line -> line.startsWith(IPV4_ROW))
                        .map(line -> List.of(line.split(" ", -1)))
                        .toList();
        if (rows.size() != 2) {
            return OptionalLong.empty();
        }
        int column = rows.getFirst().indexOf("InErrors");
        if (column < 0 || column >= rows.getLast().size()) {
            return OptionalLong.empty();
        }
        long errors6 =
                ipv6.stream()
                        .filter(line -> line.startsWith(IPV6_ROW))
                        .mapToLong(
                                line -> Long.parseLong(line.substring(IPV6_ROW.length()).strip()))
                        .sum();
        return OptionalLong.of(Long.parseLong(rows.getLast().get(column)) + errors6);
    }
}
