package kontor.players.capture;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one game of a capture did, and what was done to it, each in order of time. Streams are put
 * together: every byte is there once, in order, whatever was sent again or overtaken.
 *
 * <p>Only frames of one interface are read, the one where the game sent first: a capture may show a
 * packet on several. Datagrams to several machines are no part of it, nor connections that had
 * begun before the capture did; both are counted.
 *
 * @param game its address in the capture
 * @param own what the game did
 * @param peers what others did to it
 * @param ignored what was left out, counted by a word for it
 */
public record Conversation(
        InetAddress game,
        List<Connection> connections,
        List<Deed> own,
        List<Deed> peers,
        Map<String, Integer> ignored) {

    public Conversation {
        connections = List.copyOf(connections);
        own = List.copyOf(own);
        peers = List.copyOf(peers);
        ignored = Map.copyOf(ignored);
    }

    /**
     * Takes the game's conversation out of a capture; without any deed where it is not in there.
     */
    public static Conversation of(Capture capture, InetAddress game) {
        List<Packet> packets =
                capture.frames().stream()
                        .map(PacketDecoder::decode)
                        .sorted(Comparator.comparingLong(packet -> packet.frame().atNanos()))
                        .toList();
        Collector collector = new Collector(game);
        packets.forEach(collector::on);
        return collector.finish();
    }

    /** The streams' total, and all datagrams: payload bytes that the game itself sent. */
    public long ownPayloadBytes() {
        return own.stream()
                .mapToLong(deed ->
                        switch (deed) {
                            case Deed.Wrote wrote -> wrote.payload().length();
                            case Deed.Datagram datagram -> datagram.payload().length();
                            case Deed.Opened _,
                                    Deed.Accepted _,
                                    Deed.Refused _,
                                    Deed.Finished _,
                                    Deed.Reset _ ->
                                    0;
                        })
                .sum();
    }

    /** Sorts packets, in order of time, into connections and datagrams. */
    private static final class Collector {

        private final InetAddress game;
        private final Map<Ports, ConnectionTracker> current = new HashMap<>();
        private final List<ConnectionTracker> connections = new ArrayList<>();
        private final List<Deed> own = new ArrayList<>();
        private final List<Deed> peers = new ArrayList<>();
        private final Map<String, Integer> ignored = new TreeMap<>();
        private @Nullable Integer homeInterface;

        Collector(InetAddress game) {
            this.game = game;
        }

        void on(Packet packet) {
            switch (packet) {
                case Packet.Tcp tcp -> {
                    boolean fromGame = tcp.source().getAddress().equals(game);
                    if (!fromGame && !tcp.destination().getAddress().equals(game)) {
                        ignore("of others");
                    } else if (atHome(packet, fromGame)) {
                        segment(tcp, fromGame);
                    }
                }
                case Packet.Udp udp -> {
                    boolean fromGame = udp.source().getAddress().equals(game);
                    if (udp.forMany()) {
                        ignore("to many");
                    } else if (!fromGame && !udp.destination().getAddress().equals(game)) {
                        ignore("of others");
                    } else if (atHome(packet, fromGame)) {
                        datagram(udp, fromGame);
                    }
                }
                case Packet.Other other -> ignore(other.kind());
            }
        }

        private boolean atHome(Packet packet, boolean fromGame) {
            int where = packet.frame().interfaceId();
            if (homeInterface == null && fromGame) {
                homeInterface = where;
            }
            boolean home = homeInterface == null || homeInterface == where;
            if (!home) {
                ignore("on another interface");
            }
            return home;
        }

        private void datagram(Packet.Udp udp, boolean fromGame) {
            InetSocketAddress gameEnd = fromGame ? udp.source() : udp.destination();
            InetSocketAddress peer = fromGame ? udp.destination() : udp.source();
            (fromGame ? own : peers)
                    .add(
                            new Deed.Datagram(
                                    udp.frame().atNanos(),
                                    udp.frame().number(),
                                    gameEnd.getPort(),
                                    peer,
                                    udp.payload()));
        }

        private void segment(Packet.Tcp tcp, boolean fromGame) {
            InetSocketAddress gameEnd = fromGame ? tcp.source() : tcp.destination();
            InetSocketAddress peer = fromGame ? tcp.destination() : tcp.source();
            Ports ports = new Ports(gameEnd.getPort(), peer);
            @Nullable ConnectionTracker tracker = current.get(ports);
            if (tcp.syn() && !tcp.ack() && (tracker == null || !tracker.opensAgain(tcp))) {
                tracker =
                        new ConnectionTracker(
                                connections.size(), fromGame, gameEnd.getPort(), peer, tcp);
                current.put(ports, tracker);
                connections.add(tracker);
            }
            if (tracker == null) {
                ignore("of connections begun before");
            } else {
                tracker.on(tcp, fromGame, fromGame ? own : peers);
            }
        }

        private void ignore(String kind) {
            ignored.merge(kind, 1, Integer::sum);
        }

        Conversation finish() {
            // A hole in a stream, once filled, gives its deeds late, but never out of order.
            return new Conversation(
                    game,
                    connections.stream().map(ConnectionTracker::connection).toList(),
                    own,
                    peers,
                    ignored);
        }
    }

    private record Ports(int gamePort, InetSocketAddress peer) {}
}
