package kontor.captures.reading;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import kontor.captures.reading.ConnectionTracker.Segment;
import kontor.captures.reading.Packet.Cast;
import kontor.captures.reading.Packet.Place;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What one game of a capture did, and what was done to it, each in order of time, and at the same
 * time in the order of the file. Streams are put together: every byte is there once, in order,
 * whatever was sent again or overtaken. Where bytes are missing, a stream ends: {@link
 * Connection#holes()}.
 *
 * <p>A capture may show a packet on several interfaces: only those count where the game sent first
 * and, if nothing comes to it there, where something first comes to it. Datagrams to groups
 * (multicast) are no part of it.
 *
 * @param game its address in the capture
 * @param own what the game did
 * @param peers what others did to it
 * @param roles by its number, each frame that comes from the game or goes to it
 */
public record Conversation(
        InetAddress game,
        List<Connection> connections,
        List<Deed> own,
        List<Deed> peers,
        Map<Integer, FrameRole> roles) {

    public Conversation {
        connections = List.copyOf(connections);
        own = List.copyOf(own);
        peers = List.copyOf(peers);
        roles = Map.copyOf(roles);
    }

    /**
     * Takes the game's conversation out of a capture; without any deed where it is not in there.
     */
    public static Conversation of(Packets packets, InetAddress game) {
        return of(packets, game, port -> false);
    }

    /**
     * The same.
     *
     * @param listening ports on which games listen: where the capture does not show who opened a
     *     connection, it was not opened from there
     */
    public static Conversation of(Packets packets, InetAddress game, IntPredicate listening) {
        return new Collector(packets, game, listening).collect();
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
    private static final class Collector implements ConnectionTracker.Sink {

        private final Packets packets;
        private final InetAddress game;
        private final IntPredicate listening;
        private final Optional<Place> ownPlace;
        private final Optional<Place> arrivalPlace;
        private final Map<Ports, ConnectionTracker> current = new HashMap<>();
        private final List<ConnectionTracker> connections = new ArrayList<>();
        private final Set<InetSocketAddress> accepting = new HashSet<>();
        private final List<Ordered> own = new ArrayList<>();
        private final List<Ordered> peers = new ArrayList<>();
        private final Map<Integer, FrameRole> roles = new HashMap<>();
        private final Set<Content> seenAtHome = new HashSet<>();
        private final List<Packet> elsewhere = new ArrayList<>();

        private record Ordered(int order, Deed deed) {}

        /** What a copy of the packet on another interface has, too. */
        private record Content(
                InetSocketAddress source,
                InetSocketAddress destination,
                int sequence,
                Bytes payload) {}

        Collector(Packets packets, InetAddress game, IntPredicate listening) {
            this.packets = packets;
            this.game = game;
            this.listening = listening;
            this.ownPlace =
                    packets.all().stream()
                            .filter(packet -> game.equals(source(packet)))
                            .flatMap(packet -> place(packet).stream())
                            .findFirst();
            List<Place> arrivals =
                    packets.all().stream()
                            .filter(packet -> game.equals(destination(packet)))
                            .flatMap(packet -> place(packet).stream())
                            .toList();
            this.arrivalPlace =
                    ownPlace.filter(home -> arrivals.isEmpty() || arrivals.contains(home))
                            .or(() -> arrivals.stream().findFirst());
        }

        Conversation collect() {
            for (int order = 0; order < packets.all().size(); order++) {
                switch (packets.all().get(order)) {
                    case Packet.Tcp tcp -> on(tcp, order);
                    case Packet.Udp udp -> on(udp, order);
                    case Packet.Other _ -> {
                        // No part of any conversation.
                    }
                }
            }
            elsewhere.forEach(packet ->
                    role(
                            packet,
                            seenAtHome.contains(content(packet))
                                    ? FrameRole.Kind.COPY
                                    : FrameRole.Kind.ELSEWHERE,
                            -1));
            List<Connection> finished = new ArrayList<>();
            for (ConnectionTracker tracker : connections) {
                finished.add(tracker.finish(this::listens, this));
            }
            return new Conversation(game, finished, inOrder(own), inOrder(peers), roles);
        }

        private static List<Deed> inOrder(List<Ordered> deeds) {
            // Stable: of one packet's deeds, each follows from the one before.
            return deeds.stream()
                    .sorted(Comparator.comparingInt(Ordered::order))
                    .map(Ordered::deed)
                    .toList();
        }

        private void on(Packet.Udp udp, int order) {
            boolean fromGame = udp.source().getAddress().equals(game);
            boolean toGame = udp.destination().getAddress().equals(game);
            boolean broadcast = udp.cast() == Cast.BROADCAST;
            if (udp.cast() == Cast.MULTICAST || !(fromGame || toGame || broadcast)) {
                return;
            }
            if (!atHome(udp, fromGame, fromGame || toGame)) {
                return;
            }
            InetSocketAddress gameEnd = fromGame ? udp.source() : udp.destination();
            InetSocketAddress peer = fromGame ? udp.destination() : udp.source();
            role(udp, FrameRole.Kind.DATAGRAM, -1);
            deed(
                    fromGame,
                    order,
                    new Deed.Datagram(
                            udp.frame().atNanos(),
                            udp.frame().number(),
                            gameEnd.getPort(),
                            peer,
                            broadcast,
                            udp.payload()));
        }

        private void on(Packet.Tcp tcp, int order) {
            if (tcp.syn() && !tcp.rst()) {
                accepting.add(tcp.ack() ? tcp.source() : tcp.destination());
            }
            boolean fromGame = tcp.source().getAddress().equals(game);
            if (!fromGame && !tcp.destination().getAddress().equals(game)) {
                return;
            }
            if (!atHome(tcp, fromGame, true)) {
                return;
            }
            InetSocketAddress gameEnd = fromGame ? tcp.source() : tcp.destination();
            InetSocketAddress peer = fromGame ? tcp.destination() : tcp.source();
            Ports ports = new Ports(gameEnd.getPort(), peer);
            Segment segment = new Segment(tcp, fromGame, order);
            @Nullable ConnectionTracker tracker = current.get(ports);
            boolean handshake = segment.opens() || segment.accepts();
            if (tracker == null || (handshake && !tracker.has(segment))) {
                tracker = new ConnectionTracker(connections.size(), gameEnd.getPort(), peer);
                current.put(ports, tracker);
                connections.add(tracker);
            }
            tracker.add(segment);
        }

        private boolean listens(InetSocketAddress end) {
            return accepting.contains(end) || listening.test(end.getPort());
        }

        /** Else it waits to be compared with what is at home. */
        private boolean atHome(Packet packet, boolean fromGame, boolean ofTheGame) {
            if (place(packet).equals(fromGame ? ownPlace : arrivalPlace)) {
                seenAtHome.add(content(packet));
                return true;
            }
            if (ofTheGame) {
                elsewhere.add(packet);
            }
            return false;
        }

        @Override
        public void deed(boolean byGame, int order, Deed deed) {
            (byGame ? own : peers).add(new Ordered(order, deed));
        }

        @Override
        public void role(Segment segment, int connection, FrameRole.Kind kind) {
            role(segment.tcp(), kind, connection);
        }

        private void role(Packet packet, FrameRole.Kind kind, int connection) {
            int last = packet.frame().number();
            boolean byGame = game.equals(source(packet));
            for (Frame frame : packet.frames()) {
                int bytes = frame.number() == last ? payload(packet).length() : 0;
                roles.put(frame.number(), new FrameRole(kind, last, connection, byGame, bytes));
            }
        }

        private static @Nullable InetAddress source(Packet packet) {
            return switch (packet) {
                case Packet.Tcp tcp -> tcp.source().getAddress();
                case Packet.Udp udp -> udp.source().getAddress();
                case Packet.Other _ -> null;
            };
        }

        private static @Nullable InetAddress destination(Packet packet) {
            return switch (packet) {
                case Packet.Tcp tcp -> tcp.destination().getAddress();
                case Packet.Udp udp -> udp.destination().getAddress();
                case Packet.Other _ -> null;
            };
        }

        private static Optional<Place> place(Packet packet) {
            return switch (packet) {
                case Packet.Tcp tcp -> Optional.of(tcp.place());
                case Packet.Udp udp -> Optional.of(udp.place());
                case Packet.Other _ -> Optional.empty();
            };
        }

        private static Bytes payload(Packet packet) {
            return switch (packet) {
                case Packet.Tcp tcp -> tcp.payload();
                case Packet.Udp udp -> udp.payload();
                case Packet.Other _ -> Bytes.empty();
            };
        }

        private static @Nullable Content content(Packet packet) {
            return switch (packet) {
                case Packet.Tcp t ->
                        new Content(t.source(), t.destination(), t.sequence(), t.payload());
                case Packet.Udp u -> new Content(u.source(), u.destination(), 0, u.payload());
                case Packet.Other _ -> null;
            };
        }
    }

    private record Ports(int gamePort, InetSocketAddress peer) {}
}
