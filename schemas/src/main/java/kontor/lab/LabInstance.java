package kontor.lab;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * One game of a lab.
 *
 * @param address the game's own address, as its adapter reaches it
 * @param peers the addresses that its adapter holds for the others
 * @param broadcastOrNull a datagram of the game to this address is for all others
 * @param vncOrNull where the game's screen is
 * @param freeze how the game is stopped for a while
 */
public record LabInstance(
        InstanceName name,
        InetAddress address,
        Map<InstanceName, InetAddress> peers,
        @Nullable InetAddress broadcastOrNull,
        @Nullable InetSocketAddress vncOrNull,
        FreezeMethod freeze) {

    public LabInstance {
        peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
    }

    public Optional<InetAddress> broadcast() {
        return Optional.ofNullable(broadcastOrNull);
    }

    public Optional<InetSocketAddress> vnc() {
        return Optional.ofNullable(vncOrNull);
    }
}
