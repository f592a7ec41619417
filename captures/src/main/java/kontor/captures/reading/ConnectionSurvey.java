package kontor.captures.reading;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kontor.captures.reading.Connection.Beginning;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a TCP connection before its segments can be understood: who opened it, and
 * where its streams begin, which may show only later. Takes all its segments in order of time, and
 * keeps no more than a few words of them. Not thread-safe.
 */
final class ConnectionSurvey {

    /** Segments that are compared with a handshake that was overtaken. */
    private static final int COMPARED = 64;

    private final int number;
    private final int gamePort;
    private final InetSocketAddress peer;
    private final List<Early> early = new ArrayList<>();
    private final Lowest[] ownParts = {new Lowest(), new Lowest()};
    private final Lowest[] withAcknowledged = {new Lowest(), new Lowest()};
    private @Nullable Handshake syn;
    private @Nullable Handshake synAck;
    private @Nullable First first;
    private boolean anyStream;

    private record Early(
            boolean byGame, boolean syn, int sequence, boolean ack, int acknowledged) {}

    /** A SYN or SYN-ACK. */
    record Handshake(long order, boolean byGame, int sequence, int acknowledged) {}

    private record First(boolean byGame, boolean syn, InetSocketAddress gameEnd, long atNanos) {}

    /**
     * What shows when all segments are known.
     *
     * @param gameStart number of the first byte of the game's stream; empty if no byte is known
     * @param openBefore whether both ends had the connection before its first segment
     * @param tried whether its SYN is there
     * @param synOrder of the SYN that counts; negative for none
     * @param synAckOrder of the SYN-ACK that counts; negative for none
     */
    record Facts(
            int number,
            boolean openedByGame,
            int gamePort,
            InetSocketAddress peer,
            Optional<Integer> gameStart,
            Optional<Integer> peerStart,
            Beginning beginning,
            boolean anyStream,
            boolean openBefore,
            boolean tried,
            long synOrder,
            long synAckOrder,
            long openedAtNanos) {

        Optional<Integer> start(boolean byGame) {
            return byGame ? gameStart : peerStart;
        }

        /** Begun before the capture, and no byte of its streams is in there. */
        boolean isOnlyItsRest() {
            return beginning == Beginning.MISSING && !anyStream;
        }
    }

    /** The lowest of sequence numbers that may wrap around. */
    private static final class Lowest {
        private @Nullable Integer reference;
        private long highest;
        private long lowest;

        void add(int sequence) {
            int from = reference == null ? sequence : reference;
            reference = from;
            long position = highest + (sequence - (from + (int) highest));
            highest = Math.max(highest, position);
            lowest = Math.min(lowest, position);
        }

        Optional<Integer> number() {
            return reference == null ? Optional.empty() : Optional.of(reference + (int) lowest);
        }
    }

    ConnectionSurvey(int number, int gamePort, InetSocketAddress peer) {
        this.number = number;
        this.gamePort = gamePort;
        this.peer = peer;
    }

    int number() {
        return number;
    }

    /** Whether a SYN or SYN-ACK is of this connection, and not of a new one on the same ports. */
    boolean has(Segment handshake) {
        int sequence = handshake.tcp().sequence();
        if (handshake.opens()) {
            return syn != null
                    ? syn.byGame == handshake.byGame() && syn.sequence == sequence
                    : fits(handshake.byGame(), sequence + 1);
        }
        if (synAck != null) {
            return synAck.byGame == handshake.byGame() && synAck.sequence == sequence;
        }
        return syn != null
                ? handshake.tcp().acknowledged() == syn.sequence + 1
                : fits(handshake.byGame(), sequence + 1)
                        || fits(!handshake.byGame(), handshake.tcp().acknowledged());
    }

    /** Whether a stream may begin there, as far as is known. */
    private boolean fits(boolean byGame, int start) {
        return early.stream()
                .anyMatch(s ->
                        s.byGame == byGame
                                ? !s.syn && s.sequence == start
                                : s.ack && s.acknowledged == start);
    }

    void add(Segment s) {
        Packet.Tcp tcp = s.tcp();
        if (first == null) {
            first =
                    new First(
                            s.byGame(),
                            tcp.syn(),
                            s.byGame() ? tcp.source() : tcp.destination(),
                            tcp.frame().atNanos());
        }
        Handshake handshake =
                new Handshake(s.order(), s.byGame(), tcp.sequence(), tcp.acknowledged());
        if (s.opens() && syn == null) {
            syn = handshake;
        } else if (s.accepts() && synAck == null) {
            synAck = handshake;
        }
        if (syn != null && synAck != null) {
            early.clear();
        } else if (early.size() < COMPARED) {
            early.add(
                    new Early(
                            s.byGame(), tcp.syn(), tcp.sequence(), tcp.ack(), tcp.acknowledged()));
        }
        anyStream |= tcp.payload().length() + tcp.missing() > 0;
        if (!tcp.rst() && s.hasPart()) {
            of(ownParts, s.byGame()).add(tcp.sequence());
        }
        if (s.hasPart()) {
            of(withAcknowledged, s.byGame()).add(tcp.sequence());
        }
        if (tcp.ack() && !tcp.rst()) {
            // The other end's acknowledgements show how far this end's stream went.
            of(withAcknowledged, !s.byGame()).add(tcp.acknowledged());
        }
    }

    private static Lowest of(Lowest[] both, boolean byGame) {
        return both[byGame ? 0 : 1];
    }

    /** What shows when all segments have been taken. */
    Facts facts(Listeners listeners) {
        First begun = requireNonNull(first, "a connection has a segment");
        return new Facts(
                number,
                openedByGame(begun, listeners),
                gamePort,
                peer,
                start(true),
                start(false),
                syn != null && synAck != null
                        ? Beginning.WHOLE
                        : syn != null || synAck != null ? Beginning.HALF : Beginning.MISSING,
                anyStream,
                anyStream && !begun.syn,
                syn != null,
                syn == null ? -1 : syn.order,
                synAck == null ? -1 : synAck.order,
                begun.atNanos);
    }

    private boolean openedByGame(First begun, Listeners listeners) {
        if (syn != null) {
            return syn.byGame;
        }
        if (synAck != null) {
            return !synAck.byGame;
        }
        if (listeners.test(begun.gameEnd) != listeners.test(peer)) {
            return listeners.test(peer);
        }
        // Nobody saw it: servers have the lower ports.
        return gamePort == peer.getPort() ? begun.byGame : gamePort > peer.getPort();
    }

    /** The number of a stream's first byte; empty if no byte of it is known. */
    private Optional<Integer> start(boolean byGame) {
        for (@Nullable Handshake own : new Handshake[] {syn, synAck}) {
            if (own != null && own.byGame == byGame) {
                return Optional.of(own.sequence + 1);
            }
        }
        if (synAck != null) {
            return Optional.of(synAck.acknowledged);
        }
        // Without the SYN-ACK, what the opener acknowledged first.
        return of(syn != null ? withAcknowledged : ownParts, byGame).number();
    }
}
