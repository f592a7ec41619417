package kontor.captures.reading;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * A TCP connection of a game.
 *
 * @param number 0, 1, 2 ... in the conversation, in the order of their first frames
 * @param openedByGame else the peer opened it
 * @param peer as the game saw it
 * @param beginning how much of its handshake is in the capture
 * @param holes where the streams end that are not whole, at most one of each side
 * @param contradictions bytes that were sent again, and were others
 */
public record Connection(
        int number,
        boolean openedByGame,
        int gamePort,
        InetSocketAddress peer,
        Outcome outcome,
        Beginning beginning,
        long openedAtNanos,
        List<Hole> holes,
        List<Contradiction> contradictions) {

    public Connection {
        holes = List.copyOf(holes);
        contradictions = List.copyOf(contradictions);
    }

    /** What became of the attempt. */
    public enum Outcome {
        ESTABLISHED,
        REFUSED,
        /** Neither in the capture. */
        UNANSWERED,
        /** Begun before the capture, and no byte of its streams is in there. */
        ONLY_ITS_REST
    }

    /** How much of the handshake is there. */
    public enum Beginning {
        WHOLE,
        /** One of SYN and SYN-ACK is missing: no byte of a stream is. */
        HALF,
        /** Neither is there: the streams begin with the first byte that is in the capture. */
        MISSING
    }

    /**
     * A place where the capture lacks bytes of a stream. The stream ends there.
     *
     * @param byGame whether it is the game's own stream, else the peer's
     * @param offset bytes of the stream before it
     * @param missing bytes known to have been sent, and not in the capture; 0 where only its end is
     *     missing
     * @param frame the first frame that shows that something is missing
     * @param behind bytes that are in the capture, but behind the hole
     */
    public record Hole(boolean byGame, long offset, long missing, int frame, long behind) {}

    /**
     * Bytes that were sent again with another content. The first count.
     *
     * @param offset of the first byte that differs
     */
    public record Contradiction(boolean byGame, long offset, int frame, int firstFrame) {}

    /** The port that was connected to. */
    public int targetPort() {
        return openedByGame ? peer.getPort() : gamePort;
    }
}
