package kontor.captures.reading;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.captures.reading.ConnectionSurvey.Facts;
import kontor.captures.reading.Packet.Cast;
import kontor.captures.reading.Packet.Place;
import org.jspecify.annotations.Nullable;

/**
 * Understands a game's conversation out of packets that are given twice, in order of time: first
 * all to {@link #survey}, then all again to {@link #follow}. What it keeps are a few words of each
 * connection, and bytes of streams that lack others in front of them, within a bound. Packets that
 * are no part of the conversation do no harm. Not thread-safe.
 */
public final class ConversationFold {

    private final InetAddress game;
    private final Listeners listeners;
    private final Optional<Place> ownPlace;
    private final Optional<Place> arrivalPlace;
    private final boolean severalPlaces;
    private final Sorter surveyed = new Sorter();
    private final Sorter followed = new Sorter();
    private long datagrams;
    private List<Facts> facts = List.of();
    private @Nullable Following following;

    /** How a connection is found among others, segment by segment. */
    private static final class Sorter {
        final Map<Ports, ConnectionSurvey> current = new HashMap<>();
        final List<ConnectionSurvey> connections = new ArrayList<>();
        long order;

        ConnectionSurvey take(Segment segment, Ports ports) {
            @Nullable ConnectionSurvey survey = current.get(ports);
            boolean handshake = segment.opens() || segment.accepts();
            if (survey == null || (handshake && !survey.has(segment))) {
                survey = new ConnectionSurvey(connections.size(), ports.gamePort, ports.peer);
                current.put(ports, survey);
                connections.add(survey);
            }
            survey.add(segment);
            return survey;
        }
    }

    private record Ports(int gamePort, InetSocketAddress peer) {}

    private record Following(
            ConversationSink sink, Map<Integer, ConnectionCourse> courses, Copies copies) {}

    /** What a packet is for the conversation, before its role is known. */
    private enum Part {
        NONE,
        COUNTING,
        ELSEWHERE
    }

    /**
     * @param seen where the game's packets are, in all of the capture
     * @param listeners takes all packets of the capture while they are surveyed
     */
    public ConversationFold(InetAddress game, PlacesSeen seen, Listeners listeners) {
        this.game = game;
        this.listeners = listeners;
        this.ownPlace = seen.own();
        this.arrivalPlace = seen.arrival();
        this.severalPlaces = seen.several();
    }

    /** Takes the next packet, for the first time. */
    public void survey(Packet packet) {
        if (part(packet) == Part.COUNTING) {
            switch (packet) {
                case Packet.Tcp tcp -> surveyed.take(segment(tcp, surveyed.order++), ports(tcp));
                case Packet.Udp _ -> datagrams++;
                case Packet.Other _ -> {
                    // No part of any conversation.
                }
            }
        }
    }

    /** All packets have been surveyed; returns the connections, by their numbers. */
    public List<SurveyedConnection> surveyed() {
        facts = surveyed.connections.stream().map(one -> one.facts(listeners)).toList();
        return facts.stream()
                .map(one ->
                        new SurveyedConnection(
                                one.openedByGame(),
                                one.gamePort(),
                                one.peer(),
                                one.isOnlyItsRest()))
                .toList();
    }

    /**
     * Facts about a connection that are needed to interpret its segments.
     *
     * @param onlyItsRest begun before the capture, and no byte of its streams is in there
     */
    public record SurveyedConnection(
            boolean openedByGame, int gamePort, InetSocketAddress peer, boolean onlyItsRest) {}

    /** Datagrams that count. */
    public long datagrams() {
        return datagrams;
    }

    /** Begins the second pass over all packets; events go to {@code sink}. */
    public void begin(ConversationSink sink) {
        following = new Following(sink, new HashMap<>(), new Copies(sink));
    }

    /**
     * Takes the next packet, for the second time; tells its role once, now or later, if it is a
     * part of the conversation.
     *
     * @param orCopy whether its role is told, too, where it does not count, but may be a copy
     */
    public void follow(Packet packet, boolean orCopy) {
        Following now = now();
        switch (part(packet)) {
            case NONE -> {
                // Others' packets.
            }
            case ELSEWHERE -> {
                if (orCopy) {
                    now.copies.onOther(packet, Trace.of(packet, isFromGame(packet)));
                }
            }
            case COUNTING -> {
                if (severalPlaces) {
                    now.copies.onCounting(packet);
                }
                Trace trace = Trace.of(packet, isFromGame(packet));
                switch (packet) {
                    case Packet.Tcp tcp -> {
                        Segment segment = segment(tcp, followed.order++);
                        int number = followed.take(segment, ports(tcp)).number();
                        now.courses
                                .computeIfAbsent(
                                        number, n -> new ConnectionCourse(facts.get(n), now.sink))
                                .on(segment, trace);
                    }
                    case Packet.Udp udp -> {
                        now.sink.role(trace, -1, FrameRole.Kind.DATAGRAM);
                        now.sink.deed(trace.byGame(), datagram(udp, trace.byGame()));
                    }
                    case Packet.Other _ -> throw new IllegalStateException("is no part");
                }
            }
        }
    }

    /** All packets have been given twice; returns the connections, by their numbers. */
    public List<Connection> finish() {
        Following now = now();
        now.copies.end();
        List<Connection> finished = new ArrayList<>();
        for (int number = 0; number < facts.size(); number++) {
            finished.add(requireNonNull(now.courses.remove(number)).finish());
        }
        return finished;
    }

    /** The number of the connection that a segment would be taken for; negative for none. */
    public int connectionOf(Packet.Tcp tcp) {
        @Nullable ConnectionSurvey survey = followed.current.get(ports(tcp));
        Segment segment = segment(tcp, followed.order);
        boolean handshake = segment.opens() || segment.accepts();
        return survey == null || (handshake && !survey.has(segment))
                ? followed.connections.size()
                : survey.number();
    }

    /** Whether a packet counts here, and is not perhaps a copy. */
    public boolean counts(Packet packet) {
        return part(packet) == Part.COUNTING;
    }

    /** Whether a packet has a part in the conversation, be it as a copy. */
    public boolean concerns(Packet packet) {
        return part(packet) != Part.NONE;
    }

    private Following now() {
        return requireNonNull(following, "begin comes first");
    }

    private Part part(Packet packet) {
        boolean fromGame = isFromGame(packet);
        boolean toGame = game.equals(Ends.destination(packet));
        Cast cast = packet instanceof Packet.Udp udp ? udp.cast() : Cast.ONE;
        if (cast == Cast.MULTICAST || !(fromGame || toGame || cast == Cast.BROADCAST)) {
            return Part.NONE;
        }
        if (Ends.place(packet).equals(fromGame ? ownPlace : arrivalPlace)) {
            return Part.COUNTING;
        }
        return fromGame || toGame ? Part.ELSEWHERE : Part.NONE;
    }

    private boolean isFromGame(Packet packet) {
        return game.equals(Ends.source(packet));
    }

    private Segment segment(Packet.Tcp tcp, long order) {
        return new Segment(tcp, isFromGame(tcp), order);
    }

    private Ports ports(Packet.Tcp tcp) {
        return isFromGame(tcp)
                ? new Ports(tcp.source().getPort(), tcp.destination())
                : new Ports(tcp.destination().getPort(), tcp.source());
    }

    private static Deed datagram(Packet.Udp udp, boolean fromGame) {
        InetSocketAddress gameEnd = fromGame ? udp.source() : udp.destination();
        return new Deed.Datagram(
                udp.frame().atNanos(),
                udp.frame().number(),
                gameEnd.getPort(),
                fromGame ? udp.destination() : udp.source(),
                udp.cast() == Cast.BROADCAST,
                udp.payload());
    }
}
