package kontor.captures.reading;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import kontor.captures.reading.Connection.Beginning;
import kontor.captures.reading.Connection.Contradiction;
import kontor.captures.reading.Connection.Outcome;
import kontor.captures.reading.StreamAssembler.Brought;
import org.jspecify.annotations.Nullable;

/**
 * Follows one TCP connection of a game. Segments are collected first, in order of time, and
 * understood when all are there: where a stream begins may show only later.
 */
final class ConnectionTracker {

    private final int number;
    private final int gamePort;
    private final InetSocketAddress peer;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Contradiction> contradictions = new ArrayList<>();
    private @Nullable Segment syn;
    private @Nullable Segment synAck;

    ConnectionTracker(int number, int gamePort, InetSocketAddress peer) {
        this.number = number;
        this.gamePort = gamePort;
        this.peer = peer;
    }

    /**
     * A segment of the connection.
     *
     * @param order its place among all packets
     */
    record Segment(Packet.Tcp tcp, boolean byGame, int order) {

        boolean opens() {
            return tcp.syn() && !tcp.ack() && !tcp.rst();
        }

        boolean accepts() {
            return tcp.syn() && tcp.ack() && !tcp.rst();
        }

        int frame() {
            return tcp.frame().number();
        }
    }

    /** The numbers of both streams' first bytes, where they are known. */
    private record Starts(Optional<Integer> game, Optional<Integer> peer) {

        Optional<Integer> of(boolean byGame) {
            return byGame ? game : peer;
        }
    }

    /** Receives what was found out. */
    interface Sink {

        void deed(boolean byGame, int order, Deed deed);

        void role(Segment segment, int connection, FrameRole.Kind kind);
    }

    /** Whether a SYN or SYN-ACK is of this connection, and not of a new one on the same ports. */
    boolean has(Segment handshake) {
        int sequence = handshake.tcp.sequence();
        if (handshake.opens()) {
            return syn != null
                    ? syn.byGame == handshake.byGame && syn.tcp.sequence() == sequence
                    : fits(handshake.byGame, sequence + 1);
        }
        if (synAck != null) {
            return synAck.byGame == handshake.byGame && synAck.tcp.sequence() == sequence;
        }
        return syn != null
                ? handshake.tcp.acknowledged() == syn.tcp.sequence() + 1
                : fits(handshake.byGame, sequence + 1)
                        || fits(!handshake.byGame, handshake.tcp.acknowledged());
    }

    /** Whether a stream may begin there, as far as is known. */
    private boolean fits(boolean byGame, int first) {
        return segments.stream()
                .anyMatch(s ->
                        s.byGame == byGame
                                ? !s.tcp.syn() && s.tcp.sequence() == first
                                : s.tcp.ack() && s.tcp.acknowledged() == first);
    }

    void add(Segment segment) {
        if (segment.opens() && syn == null) {
            syn = segment;
        } else if (segment.accepts() && synAck == null) {
            synAck = segment;
        }
        segments.add(segment);
    }

    /**
     * Understands all segments.
     *
     * @param listens whether somebody is known to listen there
     */
    Connection finish(Predicate<InetSocketAddress> listens, Sink sink) {
        boolean openedByGame = openedByGame(listens);
        Starts starts = new Starts(start(true), start(false));
        boolean anyStream =
                segments.stream().anyMatch(s -> s.tcp.payload().length() + s.tcp.missing() > 0);
        Course course =
                new Course(
                        openedByGame,
                        new StreamAssembler(starts.of(true).orElse(0)),
                        new StreamAssembler(starts.of(false).orElse(0)),
                        starts,
                        sink);
        Beginning beginning =
                syn != null && synAck != null
                        ? Beginning.WHOLE
                        : syn != null || synAck != null ? Beginning.HALF : Beginning.MISSING;
        if (anyStream && !segments.getFirst().tcp.syn()) {
            course.begin(segments.getFirst());
        }
        segments.forEach(course::on);
        course.settle();
        List<Connection.Hole> holes = new ArrayList<>();
        if (starts.of(true).isPresent()) {
            course.fromGame.hole(true).ifPresent(holes::add);
        }
        if (starts.of(false).isPresent()) {
            course.fromPeer.hole(false).ifPresent(holes::add);
        }
        return new Connection(
                number,
                openedByGame,
                gamePort,
                peer,
                beginning == Beginning.MISSING && !anyStream
                        ? Outcome.ONLY_ITS_REST
                        : course.outcome,
                // An attempt without answer has no second half.
                course.outcome != Outcome.ESTABLISHED && syn != null ? Beginning.WHOLE : beginning,
                segments.getFirst().tcp.frame().atNanos(),
                holes,
                contradictions);
    }

    private boolean openedByGame(Predicate<InetSocketAddress> listens) {
        if (syn != null) {
            return syn.byGame;
        }
        if (synAck != null) {
            return !synAck.byGame;
        }
        Segment first = segments.getFirst();
        InetSocketAddress gameEnd = first.byGame ? first.tcp.source() : first.tcp.destination();
        if (listens.test(gameEnd) != listens.test(peer)) {
            return listens.test(peer);
        }
        // Nobody saw it: servers have the lower ports.
        return gamePort == peer.getPort() ? first.byGame : gamePort > peer.getPort();
    }

    /** The number of a stream's first byte; empty if no byte of it is known. */
    private Optional<Integer> start(boolean byGame) {
        for (@Nullable Segment own : new Segment[] {syn, synAck}) {
            if (own != null && own.byGame == byGame) {
                return Optional.of(own.tcp.sequence() + 1);
            }
        }
        if (synAck != null) {
            return Optional.of(synAck.tcp.acknowledged());
        }
        boolean handshake = syn != null;
        @Nullable Integer reference = null;
        long highest = 0;
        long lowest = 0;
        for (Segment s : segments) {
            boolean tells =
                    handshake
                            // Without the SYN-ACK, what the opener acknowledged first.
                            ? s.byGame != byGame && s.tcp.ack() && !s.tcp.rst()
                            : s.byGame == byGame && !s.tcp.rst() && hasPart(s.tcp);
            if (tells || (handshake && s.byGame == byGame && hasPart(s.tcp))) {
                int sequence = s.byGame == byGame ? s.tcp.sequence() : s.tcp.acknowledged();
                reference = reference == null ? sequence : reference;
                long position = highest + (sequence - (reference + (int) highest));
                highest = Math.max(highest, position);
                lowest = Math.min(lowest, position);
            }
        }
        return reference == null ? Optional.empty() : Optional.of(reference + (int) lowest);
    }

    private static boolean hasPart(Packet.Tcp tcp) {
        return tcp.payload().length() + tcp.missing() > 0 || tcp.fin();
    }

    /** Goes through the segments, in order of time. */
    private final class Course {

        private final boolean openedByGame;
        private final StreamAssembler fromGame;
        private final StreamAssembler fromPeer;
        private final Starts starts;
        private final Sink sink;
        private final List<Pending> pending = new ArrayList<>();
        private Outcome outcome = Outcome.UNANSWERED;
        private boolean opened;
        private boolean accepted;
        private boolean reset;

        /** Whether its bytes count shows when all are there. */
        private record Pending(Segment segment, long end) {

            boolean onlyEnds() {
                return segment.tcp.payload().length() + segment.tcp.missing() == 0;
            }
        }

        Course(
                boolean openedByGame,
                StreamAssembler fromGame,
                StreamAssembler fromPeer,
                Starts starts,
                Sink sink) {
            this.openedByGame = openedByGame;
            this.fromGame = fromGame;
            this.fromPeer = fromPeer;
            this.starts = starts;
            this.sink = sink;
        }

        private StreamAssembler stream(boolean byGame) {
            return byGame ? fromGame : fromPeer;
        }

        /** Both ends had the connection already. */
        void begin(Segment at) {
            open(at);
            accept(at);
        }

        private void open(Segment at) {
            if (!opened) {
                opened = true;
                sink.deed(openedByGame, at.order, new Deed.Opened(nanos(at), at.frame(), number));
            }
        }

        private void accept(Segment at) {
            if (!accepted) {
                accepted = true;
                outcome = Outcome.ESTABLISHED;
                sink.deed(
                        !openedByGame, at.order, new Deed.Accepted(nanos(at), at.frame(), number));
            }
        }

        void on(Segment s) {
            Packet.Tcp tcp = s.tcp;
            boolean byOpener = s.byGame == openedByGame;
            if (tcp.ack() && !tcp.rst() && starts.of(!s.byGame).isPresent()) {
                stream(!s.byGame).acknowledge(tcp.acknowledged(), s.frame());
            }
            if (tcp.rst()) {
                onReset(s, byOpener);
                return;
            }
            if (tcp.syn()) {
                sink.role(
                        s,
                        number,
                        s.equals(syn) || s.equals(synAck)
                                ? FrameRole.Kind.HANDSHAKE_OR_END
                                : FrameRole.Kind.AGAIN);
                open(s);
                if (!byOpener) {
                    accept(s);
                }
            } else if (opened && !(byOpener && !tcp.ack())) {
                accept(s);
            }
            if (hasPart(tcp) && opened) {
                onBytes(s);
            } else if (!tcp.syn()) {
                sink.role(s, number, FrameRole.Kind.ACKNOWLEDGEMENT);
            }
        }

        private void onBytes(Segment s) {
            Packet.Tcp tcp = s.tcp;
            StreamAssembler stream = stream(s.byGame);
            int sequence = tcp.syn() ? tcp.sequence() + 1 : tcp.sequence();
            Brought brought =
                    stream.add(sequence, tcp.payload(), tcp.missing(), tcp.fin(), s.frame());
            stream.take(bytes ->
                    sink.deed(
                            s.byGame, s.order, new Deed.Wrote(nanos(s), s.frame(), number, bytes)));
            if (stream.takeEnd()) {
                sink.deed(s.byGame, s.order, new Deed.Finished(nanos(s), s.frame(), number));
            }
            switch (brought) {
                case Brought.News(long end) -> pending.add(new Pending(s, end));
                case Brought.Nothing() -> sink.role(s, number, FrameRole.Kind.AGAIN);
                case Brought.Contradiction(long position, int firstFrame) -> {
                    sink.role(s, number, FrameRole.Kind.CONTRADICTION);
                    contradictions.add(
                            new Contradiction(s.byGame, position, s.frame(), firstFrame));
                }
            }
        }

        private void onReset(Segment s, boolean byOpener) {
            sink.role(s, number, reset ? FrameRole.Kind.AGAIN : FrameRole.Kind.HANDSHAKE_OR_END);
            if (reset || !opened) {
                return;
            }
            reset = true;
            if (outcome == Outcome.UNANSWERED && !byOpener) {
                outcome = Outcome.REFUSED;
                sink.deed(s.byGame, s.order, new Deed.Refused(nanos(s), s.frame(), number));
            } else {
                sink.deed(s.byGame, s.order, new Deed.Reset(nanos(s), s.frame(), number));
            }
        }

        /** Now it shows which bytes were never reached. */
        void settle() {
            for (Pending p : pending) {
                StreamAssembler stream = stream(p.segment.byGame);
                boolean reached =
                        p.end <= stream.taken() && (stream.ended() || !p.segment.tcp.fin());
                FrameRole.Kind notReached =
                        p.segment.tcp.missing() > 0
                                ? FrameRole.Kind.CUT
                                : FrameRole.Kind.BEHIND_HOLE;
                FrameRole.Kind here =
                        p.onlyEnds() ? FrameRole.Kind.HANDSHAKE_OR_END : FrameRole.Kind.DATA;
                sink.role(p.segment, number, reached ? here : notReached);
            }
        }

        private static long nanos(Segment s) {
            return s.tcp.frame().atNanos();
        }
    }
}
