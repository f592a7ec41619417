package kontor.gateway.injections;

import java.util.OptionalLong;
import kontor.gateway.injections.Messages.Piece;
import kontor.vocabulary.Bytes;

/**
 * Follows the messages in what one end of a TCP flow writes, from its first byte on, whatever the
 * pieces are. Keeps one header at most. Not thread-safe; pure.
 */
final class StreamCourse {

    private long end;
    private int missing;
    private Bytes header = Bytes.empty();
    private boolean broken;

    /** The next piece of the stream. */
    void on(Piece piece) {
        broken |= piece.offset() != end;
        end = piece.end();
        Bytes rest = piece.bytes();
        while (!rest.isEmpty() && !broken) {
            if (missing > 0) {
                int skipped = Math.min(missing, rest.length());
                missing -= skipped;
                rest = rest.from(skipped);
            } else {
                int more = Math.min(Messages.HEADER - header.length(), rest.length());
                header = header.plus(rest.slice(0, more));
                rest = rest.from(more);
                begin();
            }
        }
    }

    private void begin() {
        if (header.length() < Messages.HEADER) {
            return;
        }
        int size = Messages.sizeAt(header, 0);
        broken = size < 0;
        missing = size - Messages.HEADER;
        header = Bytes.empty();
    }

    /** Whether its messages cannot be followed: it carries something else, or has a hole. */
    boolean isBroken() {
        return broken;
    }

    /** The end of the stream, if that is the boundary of two messages. */
    OptionalLong boundary() {
        boolean between = !broken && missing == 0 && header.isEmpty();
        return between ? OptionalLong.of(end) : OptionalLong.empty();
    }
}
