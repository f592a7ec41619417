package kontor.lab;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * One game of a lab.
 *
 * @param addresses the game's own addresses, as its adapter reaches them, the primary one first;
 *     empty for {@code address: first}: the adapter takes the first address that speaks to it
 * @param peers the addresses that its adapter holds for the others
 * @param broadcastOrNull a datagram of the game to this address is for all others
 * @param vncOrNull where the game's screen is
 * @param freeze how the game is stopped for a while
 */
public record LabInstance(
        InstanceName name,
        List<InetAddress> addresses,
        Map<InstanceName, InetAddress> peers,
        @Nullable InetAddress broadcastOrNull,
        @Nullable InetSocketAddress vncOrNull,
        FreezeMethod freeze) {

    public LabInstance {
        addresses = List.copyOf(addresses);
        peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
    }

    /** One whose game has a single address. */
    public LabInstance(
            InstanceName name,
            InetAddress address,
            Map<InstanceName, InetAddress> peers,
            @Nullable InetAddress broadcastOrNull,
            @Nullable InetSocketAddress vncOrNull,
            FreezeMethod freeze) {
        this(name, List.of(address), peers, broadcastOrNull, vncOrNull, freeze);
    }

    /** True for {@code address: first}: nobody knows the address before the game has spoken. */
    public boolean addressIsTheFirstToSpeak() {
        return addresses.isEmpty();
    }

    /**
     * The game's primary address.
     *
     * @throws IllegalArgumentException if the lab file gives none, {@code address: first}: what
     *     needs the address beforehand, as the stand-in games do, cannot use such a lab
     */
    public InetAddress address() {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException(
                    "the lab file gives instance '%s' no address beforehand (address: first)"
                            .formatted(name));
        }
        return addresses.getFirst();
    }

    public Optional<InetAddress> broadcast() {
        return Optional.ofNullable(broadcastOrNull);
    }

    public Optional<InetSocketAddress> vnc() {
        return Optional.ofNullable(vncOrNull);
    }
}
