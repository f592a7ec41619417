package kontor.gateway.injections;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import kontor.vocabulary.Bytes;

/** Where DirectPlay messages begin and end in what one end of a TCP flow writes. Pure. */
final class Messages {

    static final int HEADER = 20;
    private static final int SIZE_MASK = 0xFFFFF;

    /** Of a message of the sender's own, of one that is passed on, and of a trusted server's. */
    private static final Set<Integer> TOKENS = Set.of(0xFAB, 0xCAB, 0xBAB);

    private Messages() {}

    /**
     * Bytes of a stream.
     *
     * @param sequence of the event that brought them
     * @param offset of the first of them
     */
    record Piece(long sequence, long offset, Bytes bytes) {

        long end() {
            return offset + bytes.length();
        }
    }

    /** Whether these are messages from beginning to end. */
    static boolean areWhole(Bytes bytes) {
        int at = 0;
        while (at < bytes.length()) {
            int size = sizeAt(bytes, at);
            if (size < 0 || size > bytes.length() - at) {
                return false;
            }
            at += size;
        }
        return true;
    }

    /** The size that a message has which begins there; -1 where none does. */
    static int sizeAt(Bytes bytes, int at) {
        if (bytes.length() - at < HEADER) {
            return -1;
        }
        int word = bytes.slice(at, 4).asLittleEndianBuffer().getInt(0);
        int size = word & SIZE_MASK;
        return TOKENS.contains(word >>> 20) && size >= HEADER ? size : -1;
    }

    /**
     * The end of a stream, if that is the boundary of two messages.
     *
     * @param last the last pieces, rising and without holes; may begin inside a message
     * @return empty where a message is under way, or these are none
     */
    static OptionalLong boundary(List<Piece> last) {
        Bytes tail = Bytes.empty();
        for (Piece piece : last.reversed()) {
            tail = piece.bytes().plus(tail);
            if (!tail.isEmpty() && areWhole(tail)) {
                return OptionalLong.of(last.getLast().end());
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Puts together what belongs together: each of the result is whole messages, and takes the
     * place of the last piece that it needed.
     *
     * @return for each piece the bytes that go out with it, empty for none; what is left over at
     *     the end is no message and is left out
     */
    static List<Bytes> whole(List<Bytes> pieces) {
        List<Bytes> ready = new ArrayList<>();
        Bytes waiting = Bytes.empty();
        for (Bytes piece : pieces) {
            waiting = waiting.plus(piece);
            int at = 0;
            int size = sizeAt(waiting, 0);
            while (size > 0 && size <= waiting.length() - at) {
                at += size;
                size = sizeAt(waiting, at);
            }
            ready.add(waiting.slice(0, at));
            waiting = waiting.from(at);
        }
        return ready;
    }
}
