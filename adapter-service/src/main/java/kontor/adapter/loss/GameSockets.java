package kontor.adapter.loss;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kontor.adapter.capture.Endpoint;

/**
 * Reckons from readings of the kernel's table how many datagrams found the receive buffer of the
 * game's own sockets full.
 *
 * <p>A datagram goes to the socket on its very address and port, else to the only one that holds
 * the port on all addresses; where there are several of those, nobody can tell and nothing is
 * counted. Counted is never more than was sent there since the reading before: what others send to
 * the game is not ours to count. What a socket drops between the last reading and its end is not
 * seen. Not thread-safe.
 */
public final class GameSockets {

    private final Predicate<InetAddress> onThisMachine;
    private final Predicate<Endpoint> ours;

    /** Drops by inode, as of the last reading. */
    private Map<Long, Long> latest = new HashMap<>();

    private final Map<Endpoint, Long> sent = new HashMap<>();

    /** Before the reading that is under way. */
    private final Map<Endpoint, Long> sentBefore = new HashMap<>();

    /** Of which a reading has shown whether their sockets are seen. */
    private final Set<InetAddress> looked = new HashSet<>();

    /**
     * @param onThisMachine which addresses a socket in the table can have
     * @param ours sockets of the adapter itself
     */
    public GameSockets(Predicate<InetAddress> onThisMachine, Predicate<Endpoint> ours) {
        this.onThisMachine = onThisMachine;
        this.ours = ours;
    }

    /** Datagrams that one of the game's sockets dropped. */
    public record Loss(Endpoint socket, long count) {}

    /**
     * What a reading showed.
     *
     * @param unseen where datagrams went to of which the table does not say whether they were
     *     dropped: on another machine or in another network namespace, or to one of several sockets
     */
    public record Result(List<Loss> losses, Set<Endpoint> unseen) {}

    /** Before anything is sent: what the sockets that are there have dropped is not ours. */
    public void baseline(List<SocketReading> table) {
        remember(table);
    }

    /** A datagram was given to the operating system. */
    public void sent(Endpoint to) {
        sent.merge(to, 1L, Long::sum);
    }

    /**
     * To be called before the table is read. What is sent from now on may or may not show in it.
     *
     * @return false if it need not be read: nothing was sent since the last time
     */
    public boolean startReading() {
        for (Map.Entry<Endpoint, Long> more : sent.entrySet()) {
            sentBefore.merge(more.getKey(), more.getValue(), Long::sum);
        }
        sent.clear();
        return !sentBefore.isEmpty();
    }

    /** After {@link #startReading}: only rows of these ports, and of drops, say anything new. */
    public Set<Integer> ports() {
        return sentBefore.keySet().stream().map(Endpoint::port).collect(Collectors.toSet());
    }

    /**
     * After {@link #startReading}: whether something was sent to an address of which no reading has
     * shown yet whether its sockets are seen, so that the table is to be read even if nothing was
     * dropped.
     */
    public boolean hasNewAddress() {
        return sentBefore.keySet().stream().anyMatch(to -> !looked.contains(to.address()));
    }

    /** Takes the place of a reading where no socket has dropped anything since the one before. */
    public void nothingDropped() {
        sentBefore.clear();
    }

    /**
     * The table, read after {@link #startReading}.
     *
     * @return what was lost since the reading before
     */
    public Result on(List<SocketReading> table) {
        Map<SocketReading, Long> allowed = new LinkedHashMap<>();
        Map<SocketReading, Endpoint> names = new HashMap<>();
        List<Endpoint> unseen = new ArrayList<>();
        Map<Endpoint, List<SocketReading>> byPlace =
                table.stream()
                        .filter(socket -> !ours.test(socket.local()))
                        .collect(Collectors.groupingBy(SocketReading::local));
        sentBefore.forEach((to, count) -> {
            looked.add(to.address());
            List<SocketReading> receivers = receivers(to, byPlace, table);
            if (receivers.size() == 1) {
                SocketReading socket = receivers.getFirst();
                allowed.merge(socket, count + sent.getOrDefault(to, 0L), Long::sum);
                names.putIfAbsent(socket, to);
            } else if (receivers.size() > 1 || !onThisMachine.test(to.address())) {
                unseen.add(to);
            }
        });
        List<Loss> losses = new ArrayList<>();
        allowed.forEach((socket, most) -> {
            long dropped =
                    DropCounter.since(latest.getOrDefault(socket.inode(), 0L), socket.drops());
            long count = Math.min(dropped, most);
            if (count > 0) {
                losses.add(new Loss(names.getOrDefault(socket, socket.local()), count));
            }
        });
        remember(table);
        sentBefore.clear();
        return new Result(losses, Set.copyOf(unseen));
    }

    private void remember(List<SocketReading> table) {
        latest =
                table.stream()
                        .collect(
                                Collectors.toMap(
                                        SocketReading::inode,
                                        SocketReading::drops,
                                        (one, _) -> one));
    }

    /** None where nobody listens, or not on this machine. */
    private List<SocketReading> receivers(
            Endpoint to, Map<Endpoint, List<SocketReading>> byPlace, List<SocketReading> table) {
        if (!onThisMachine.test(to.address())) {
            return List.of();
        }
        List<SocketReading> exact = byPlace.getOrDefault(to, List.of());
        return exact.isEmpty()
                ? table.stream()
                        .filter(socket -> socket.local().port() == to.port())
                        .filter(socket -> socket.local().address().isAnyLocalAddress())
                        .filter(socket -> !ours.test(socket.local()))
                        .toList()
                : exact;
    }
}
