package kontor.captures.importing;

import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;

/**
 * A machine of a capture, which becomes an instance.
 *
 * @param address its own
 * @param peers where it sees the others, by their names
 */
public record ImportedInstance(String name, InetAddress address, Map<String, InetAddress> peers) {

    public ImportedInstance {
        peers = new TreeMap<>(peers);
    }
}
