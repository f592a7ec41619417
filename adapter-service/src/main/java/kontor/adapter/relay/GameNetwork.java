package kontor.adapter.relay;

import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.vocabulary.AddressRewriting;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * The addresses in one instance's network.
 *
 * @param own the game's own, the primary one first; empty if the first that speaks is the game
 * @param peers those that its adapter holds for the others
 * @param broadcastOrNull a datagram to it is for all others
 * @param otherGames the own addresses of the lab's other games: never this game
 * @param pinnedByBroadcast whether a datagram to 255.255.255.255 may say who the game is, if {@code
 *     own} is empty; false if another such game of the lab could be heard there too
 * @param rewriting what the lab file says of addresses in messages
 */
public record GameNetwork(
        List<InetAddress> own,
        Map<InstanceName, InetAddress> peers,
        @Nullable InetAddress broadcastOrNull,
        Set<InetAddress> otherGames,
        boolean pinnedByBroadcast,
        AddressRewriting rewriting) {

    /** A datagram to it goes to everybody on the wire, whatever their addresses. */
    public static final InetAddress LIMITED_BROADCAST = InetAddress.ofLiteral("255.255.255.255");

    public GameNetwork {
        own = List.copyOf(own);
        peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
        otherGames = Set.copyOf(otherGames);
    }

    /** In a lab whose messages are left alone. */
    public GameNetwork(
            List<InetAddress> own,
            Map<InstanceName, InetAddress> peers,
            @Nullable InetAddress broadcastOrNull,
            Set<InetAddress> otherGames,
            boolean pinnedByBroadcast) {
        this(own, peers, broadcastOrNull, otherGames, pinnedByBroadcast, AddressRewriting.OFF);
    }

    /** That of a game with one address, of whose lab's other games nothing is known. */
    public GameNetwork(
            InetAddress game,
            Map<InstanceName, InetAddress> peers,
            @Nullable InetAddress broadcastOrNull) {
        this(List.of(game), peers, broadcastOrNull, Set.of(), true);
    }

    /** The game's addresses beside the primary one. */
    List<InetAddress> furtherAddresses() {
        return own.size() < 2 ? List.of() : own.subList(1, own.size());
    }

    /** The game's primary address; null if it is not known beforehand. */
    public @Nullable InetAddress gameOrNull() {
        return own.isEmpty() ? null : own.getFirst();
    }
}
