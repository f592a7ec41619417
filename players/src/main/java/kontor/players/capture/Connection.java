package kontor.players.capture;

import java.net.InetSocketAddress;

/**
 * A TCP connection of a game, whose beginning is in the capture.
 *
 * @param number 0, 1, 2 ... in the conversation, in the order of their beginnings
 * @param openedByGame else the peer opened it
 * @param peer as the game saw it
 * @param incompleteBytes bytes behind a hole in the capture, of either side: not in any deed
 */
public record Connection(
        int number,
        boolean openedByGame,
        int gamePort,
        InetSocketAddress peer,
        Outcome outcome,
        long openedAtNanos,
        long incompleteBytes) {

    /** What became of the attempt. */
    public enum Outcome {
        ESTABLISHED,
        REFUSED,
        /** Neither in the capture. */
        UNANSWERED
    }

    /** The port that was connected to. */
    public int targetPort() {
        return openedByGame ? peer.getPort() : gamePort;
    }
}
