package kontor.launcher.ports;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kontor.launcher.plan.PortClaim;
import kontor.launcher.plan.Transport;

/**
 * Finds out who has a port, from Linux's {@code /proc}. Only as far as the system lets us look:
 * into our own processes, or as root into all.
 */
final class PortOwners {

    private static final Path PROC = Path.of("/proc");

    /** The state of a TCP socket that listens, in {@code /proc/net/tcp}. */
    private static final String LISTEN = "0A";

    private static final Pattern ANY = Pattern.compile("0+(FFFF0+)?:.*");

    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortOwners() {}

    static Optional<PortOwner> of(PortClaim claim) {
        Set<String> inodes = new HashSet<>();
        String table = "net/" + claim.transport().name().toLowerCase(Locale.ROOT);
        inodes.addAll(inodes(lines(PROC.resolve(table)), claim));
        inodes.addAll(inodes(lines(PROC.resolve(table + "6")), claim));
        return inodes.isEmpty() ? Optional.empty() : holder(inodes);
    }

    /** The sockets that are in the way of the claim: on its address, or on that of all. */
    static Set<String> inodes(List<String> table, PortClaim claim) {
        String port = ":%04X".formatted(claim.port());
        String address = inKernelOrder(claim.address());
        Set<String> inodes = new HashSet<>();
        for (String line : table) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length > INODE
                    && fields[LOCAL_ADDRESS].endsWith(port)
                    && (fields[LOCAL_ADDRESS].endsWith(address + port)
                            || ANY.matcher(fields[LOCAL_ADDRESS]).matches())
                    && (claim.transport() == Transport.UDP || fields[STATE].equals(LISTEN))) {
                inodes.add("socket:[" + fields[INODE] + "]");
            }
        }
        return inodes;
    }

    /** The table has IPv4 addresses as hexadecimal numbers of a little-endian machine. */
    private static String inKernelOrder(InetAddress address) {
        byte[] bytes = address.getAddress();
        StringBuilder text = new StringBuilder();
        for (int index = bytes.length - 1; index >= 0; index--) {
            text.append("%02X".formatted(bytes[index]));
        }
        return text.toString();
    }

    private static Optional<PortOwner> holder(Set<String> inodes) {
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes
                    .filter(process -> holdsOneOf(process.pid(), inodes))
                    .findFirst()
                    .map(process -> new PortOwner(process.pid(), command(process.pid())));
        }
    }

    private static boolean holdsOneOf(long pid, Set<String> inodes) {
        Path descriptors = PROC.resolve(pid + "/fd");
        try (DirectoryStream<Path> links = Files.newDirectoryStream(descriptors)) {
            for (Path link : links) {
                if (inodes.contains(Files.readSymbolicLink(link).toString())) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Not ours to look into, or gone meanwhile.
            return false;
        }
        return false;
    }

    private static String command(long pid) {
        return lines(PROC.resolve(pid + "/comm")).stream().findFirst().orElse("?");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
