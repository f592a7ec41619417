package kontor.adapter.relay;

import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * The addresses in one instance's network.
 *
 * @param game the game's own
 * @param peers those that its adapter holds for the others
 * @param broadcastOrNull a datagram to it is for all others
 */
public record GameNetwork(
        InetAddress game,
        Map<InstanceName, InetAddress> peers,
        @Nullable InetAddress broadcastOrNull) {

    public GameNetwork {
        peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
    }
}
