package kontor.adapter.relay;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.adapter.capture.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that are the game, and the one where it is reached.
 *
 * <p>Guarantees: only the instance's own addresses are the game. Where none is given, the first
 * machine that sends a datagram or opens a connection to an address of this network is the game
 * until the run ends, be it by TCP or UDP. On a loopback network 127.0.0.1 is the game too, since a
 * program that binds to nothing sends from there; not by 255.255.255.255, which the adapters of all
 * games on the machine hear, and not if it is another game's own address. What others send changes
 * nothing here.
 */
final class GameAddresses {

    private static final InetAddress ANY_LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private final GameNetwork network;
    private final boolean onLoopback;

    /** Where the game was last seen, by its port: at most one entry for each port there is. */
    private final Map<Integer, Endpoint> seen = new HashMap<>();

    private @Nullable InetAddress first;

    GameAddresses(GameNetwork network) {
        this.network = network;
        this.onLoopback =
                !network.own().isEmpty()
                        && network.own().stream().allMatch(own -> own.isLoopbackAddress());
    }

    /** Whose a packet is. */
    enum Sender {
        GAME,
        STRANGER,
        /**
         * Another game of the lab called everybody on the wire: its own adapter receives it too.
         */
        OTHER_GAME
    }

    /** Tells who sent a packet; may pin the first that speaks. */
    Sender sender(Endpoint source, Endpoint destination) {
        InetAddress from = source.address();
        boolean toEverybody = destination.address().equals(GameNetwork.LIMITED_BROADCAST);
        if (network.own().isEmpty() && first == null && canBePinned(from, toEverybody)) {
            first = from;
        }
        if (network.own().contains(from) || from.equals(first)) {
            return Sender.GAME;
        }
        boolean otherGame = network.otherGames().contains(from);
        if (onLoopback && !toEverybody && !otherGame && from.equals(ANY_LOOPBACK)) {
            return Sender.GAME;
        }
        return otherGame && toEverybody ? Sender.OTHER_GAME : Sender.STRANGER;
    }

    private boolean canBePinned(InetAddress from, boolean toEverybody) {
        return (!toEverybody || network.pinnedByBroadcast())
                && !from.isAnyLocalAddress()
                && !network.otherGames().contains(from)
                && !network.peers().containsValue(from);
    }

    /** The game sent a datagram: answers to its port go there from now on. */
    void seen(Endpoint source) {
        seen.put(source.port(), source);
    }

    /**
     * Where connections to the game go: its primary address, or the first that spoke; null while
     * that is not known.
     */
    @Nullable InetAddress primary() {
        List<InetAddress> own = network.own();
        return own.isEmpty() ? first : own.getFirst();
    }

    /**
     * Where a datagram to a port of the game goes: to the one of its addresses that it last sent
     * from with this port, or to the primary one; null while that is not known.
     */
    @Nullable Endpoint datagramsTo(int port) {
        @Nullable Endpoint known = seen.get(port);
        if (known != null) {
            return known;
        }
        @Nullable InetAddress primary = primary();
        return primary == null ? null : new Endpoint(primary, port);
    }
}
