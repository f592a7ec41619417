package kontor.rewriting;

import kontor.vocabulary.Bytes;

/**
 * Where the rewriting of one direction of a stream is: all that the next piece of the stream needs.
 *
 * @param begun the bytes of the message that has begun, as they were sent; empty between messages
 *     and where its addresses are behind
 * @param passed how many of {@code begun} have been passed on; the rest is held back
 * @param skip how many bytes of the current message are still to come, to be passed on unread
 * @param foreign whether the stream is none of messages: all is passed on unread
 */
public record StreamState(Bytes begun, int passed, int skip, boolean foreign, Pieces pieces) {

    /** A stream of which nothing has come. */
    public static final StreamState START =
            new StreamState(Bytes.empty(), 0, 0, false, Pieces.NONE);

    /**
     * @throws IllegalArgumentException if more is passed on than has come, or a count is negative
     */
    public StreamState {
        if (passed < 0 || passed > begun.length() || skip < 0) {
            throw new IllegalArgumentException(
                    "%d of %d bytes passed on, %d to skip".formatted(passed, begun.length(), skip));
        }
    }

    /** What has come and was not passed on. */
    public Bytes held() {
        return begun.from(passed);
    }

    static StreamState between(Pieces pieces) {
        return new StreamState(Bytes.empty(), 0, 0, false, pieces);
    }

    static StreamState skipping(int skip, Pieces pieces) {
        return new StreamState(Bytes.empty(), 0, skip, false, pieces);
    }

    static StreamState ofForeign() {
        return new StreamState(Bytes.empty(), 0, 0, true, Pieces.NONE);
    }
}
