package kontor.captures.reading;

import java.net.InetSocketAddress;
import kontor.vocabulary.Bytes;

/**
 * Something one end of a conversation did.
 *
 * <p>Times are nanoseconds since 1970, frames the numbers of the frames that show it.
 */
public sealed interface Deed {

    long atNanos();

    int frame();

    /** A deed in a TCP connection; {@code connection} is its number in the conversation. */
    sealed interface InConnection extends Deed {
        int connection();
    }

    /** It asked for a connection; how that ended tells {@link Connection#outcome()}. */
    record Opened(long atNanos, int frame, int connection) implements InConnection {}

    /** It accepted a connection. */
    record Accepted(long atNanos, int frame, int connection) implements InConnection {}

    /** It refused a connection, by a reset. */
    record Refused(long atNanos, int frame, int connection) implements InConnection {}

    /** It wrote bytes: the next ones of its stream, never any that came before. */
    record Wrote(long atNanos, int frame, int connection, Bytes payload) implements InConnection {}

    /** It ended its output (FIN). */
    record Finished(long atNanos, int frame, int connection) implements InConnection {}

    /** It reset an open connection (RST). */
    record Reset(long atNanos, int frame, int connection) implements InConnection {}

    /**
     * It sent a datagram.
     *
     * @param peer the address and port of the conversation's other end, also if that sent this
     * @param gamePort the port of the conversation's game, also if the peer sent this; where a
     *     broadcast arrived, the port that it was sent to
     * @param broadcast whether it is for all of the network; then a game that sent it has the
     *     network's address as its peer
     */
    record Datagram(
            long atNanos,
            int frame,
            int gamePort,
            InetSocketAddress peer,
            boolean broadcast,
            Bytes payload)
            implements Deed {}
}
