package kontor.players.traffic;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kontor.lab.LabInstance;

/**
 * Datagrams that the kernel threw away since nobody took them from a socket in time: at the games'
 * own sockets and at their adapters'. From Linux' tables of the sockets of this network namespace.
 */
final class KernelDrops {

    private static final List<Path> TABLES =
            List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    private static final int LOCAL = 1;
    private static final int DROPS = 12;

    private final int port;
    private final Map<String, String> owners;
    private final Map<String, Long> before;

    private KernelDrops(int port, Map<String, String> owners) throws IOException {
        this.port = port;
        this.owners = owners;
        this.before = drops();
    }

    /** Counts from now on. */
    static KernelDrops of(List<LabInstance> games, int port) throws IOException {
        Map<String, String> owners = new HashMap<>();
        for (LabInstance game : games) {
            for (InetAddress face : game.peers().values()) {
                owners.put(face.getHostAddress(), "the adapter of " + game.name());
            }
        }
        games.forEach(game -> owners.put(game.address().getHostAddress(), game.name().value()));
        return new KernelDrops(port, owners);
    }

    /** One line for each socket that lost something. */
    List<String> since() throws IOException {
        return drops().entrySet().stream()
                .filter(socket -> socket.getValue() > before.getOrDefault(socket.getKey(), 0L))
                .map(socket ->
                        "the kernel threw away %d datagrams at %s:%d, a socket of %s"
                                .formatted(
                                        socket.getValue()
                                                - before.getOrDefault(socket.getKey(), 0L),
                                        socket.getKey(),
                                        port,
                                        owners.get(socket.getKey())))
                .sorted()
                .toList();
    }

    private Map<String, Long> drops() throws IOException {
        Map<String, Long> drops = new HashMap<>();
        for (Path table : TABLES) {
            if (Files.isReadable(table)) {
                read(table, drops);
            }
        }
        return drops;
    }

    private void read(Path table, Map<String, Long> drops) throws IOException {
        try (Stream<String> lines = Files.lines(table)) {
            lines.skip(1)
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(columns -> columns.length > DROPS)
                    .filter(columns -> port(columns[LOCAL]) == port)
                    .filter(columns -> owners.containsKey(address(columns[LOCAL])))
                    .forEach(columns ->
                            drops.merge(
                                    address(columns[LOCAL]),
                                    Long.parseLong(columns[DROPS]),
                                    Long::sum));
        }
    }

    private static int port(String local) {
        return Integer.parseInt(local.substring(local.indexOf(':') + 1), 16);
    }

    /**
     * The kernel prints an address as numbers in this machine's order: on ours, backwards. An IPv4
     * address on a socket that could do both, as Java's can, is the last of four numbers.
     */
    private static String address(String local) {
        int end = local.indexOf(':');
        byte[] bytes = HexFormat.of().parseHex(local.substring(end - 8, end));
        return "%d.%d.%d.%d"
                .formatted(bytes[3] & 0xff, bytes[2] & 0xff, bytes[1] & 0xff, bytes[0] & 0xff);
    }
}
