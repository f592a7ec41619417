package kontor.players.capture;

import java.net.InetSocketAddress;
import java.util.List;
import kontor.players.capture.Connection.Outcome;

/** Follows one TCP connection of a game, segment by segment in order of time. */
final class ConnectionTracker {

    private final int number;
    private final boolean openedByGame;
    private final int gamePort;
    private final InetSocketAddress peer;
    private final int openingSequence;
    private final long openedAtNanos;
    private final StreamAssembler fromGame = new StreamAssembler();
    private final StreamAssembler fromPeer = new StreamAssembler();
    private Outcome outcome = Outcome.UNANSWERED;
    private boolean reset;

    ConnectionTracker(
            int number,
            boolean openedByGame,
            int gamePort,
            InetSocketAddress peer,
            Packet.Tcp opening) {
        this.number = number;
        this.openedByGame = openedByGame;
        this.gamePort = gamePort;
        this.peer = peer;
        this.openingSequence = opening.sequence();
        this.openedAtNanos = opening.frame().atNanos();
    }

    /** Whether a SYN is that of this connection, sent again, and not a new connection's. */
    boolean opensAgain(Packet.Tcp syn) {
        return syn.sequence() == openingSequence;
    }

    /** Adds to {@code deeds} what the segment's sender did by it. */
    void on(Packet.Tcp tcp, boolean byGame, List<Deed> deeds) {
        long at = tcp.frame().atNanos();
        int frame = tcp.frame().number();
        boolean byOpener = byGame == openedByGame;
        StreamAssembler stream = byGame ? fromGame : fromPeer;
        if (tcp.rst()) {
            onReset(at, frame, byOpener, deeds);
            return;
        }
        if (tcp.syn()) {
            if (!stream.started()) {
                stream.start(tcp.sequence() + 1);
                if (byOpener) {
                    deeds.add(new Deed.Opened(at, frame, number));
                } else {
                    outcome = Outcome.ESTABLISHED;
                    deeds.add(new Deed.Accepted(at, frame, number));
                }
            }
            return;
        }
        if (!stream.started()) {
            return;
        }
        stream.add(tcp.sequence(), tcp.payload(), tcp.fin());
        stream.take(bytes -> deeds.add(new Deed.Wrote(at, frame, number, bytes)));
        if (stream.takeEnd()) {
            deeds.add(new Deed.Finished(at, frame, number));
        }
    }

    private void onReset(long at, int frame, boolean byOpener, List<Deed> deeds) {
        if (reset) {
            return;
        }
        reset = true;
        if (outcome == Outcome.UNANSWERED && !byOpener) {
            outcome = Outcome.REFUSED;
            deeds.add(new Deed.Refused(at, frame, number));
        } else {
            deeds.add(new Deed.Reset(at, frame, number));
        }
    }

    Connection connection() {
        return new Connection(
                number,
                openedByGame,
                gamePort,
                peer,
                outcome,
                openedAtNanos,
                fromGame.incompleteBytes() + fromPeer.incompleteBytes());
    }
}
