package kontor.analysis.reassembly;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import kontor.vocabulary.Bytes;

/**
 * What one game has written into one TCP flow and no message has taken yet. Bytes are joined only
 * when taken, and not at all where they lie in one event.
 *
 * <p>Has no bound of its own: whoever appends looks at {@link #length} and {@link #parts}. Not
 * thread-safe.
 */
public final class StreamBuffer {

    private final Deque<Part> parts = new ArrayDeque<>();
    private int length;

    /** The rest of one event's payload. */
    private record Part(long sessionSequence, int offset, Bytes bytes) {}

    public void append(long sessionSequence, Bytes payload) {
        append(sessionSequence, 0, payload);
    }

    /** Appends the rest of a payload whose first {@code offset} bytes the stream had already. */
    public void append(long sessionSequence, int offset, Bytes rest) {
        if (!rest.isEmpty()) {
            parts.addLast(new Part(sessionSequence, offset, rest));
            length = Math.addExact(length, rest.length());
        }
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** From how many events the bytes come. */
    public int parts() {
        return parts.size();
    }

    /** The first bytes, {@code wanted} of them or as many as there are; they stay. */
    public Bytes peek(int wanted) {
        Bytes found = Bytes.empty();
        for (Part part : parts) {
            int missing = wanted - found.length();
            if (missing <= 0) {
                break;
            }
            found = found.plus(part.bytes.slice(0, Math.min(missing, part.bytes.length())));
        }
        return found;
    }

    /**
     * Takes the first bytes out.
     *
     * @throws IndexOutOfBoundsException where fewer are there
     */
    public Piece take(int wanted) {
        Objects.checkFromIndexSize(0, wanted, length);
        List<Span> spans = new ArrayList<>();
        List<Bytes> taken = new ArrayList<>();
        int missing = wanted;
        while (missing > 0) {
            Part part = parts.removeFirst();
            int used = Math.min(missing, part.bytes.length());
            spans.add(new Span(part.sessionSequence, part.offset, used));
            taken.add(part.bytes.slice(0, used));
            if (used < part.bytes.length()) {
                parts.addFirst(
                        new Part(part.sessionSequence, part.offset + used, part.bytes.from(used)));
            }
            missing -= used;
        }
        length -= wanted;
        return new Piece(join(taken, wanted), spans);
    }

    /** Takes all. */
    public Piece takeAll() {
        return take(length);
    }

    private static Bytes join(List<Bytes> pieces, int total) {
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        byte[] joined = new byte[total];
        int at = 0;
        for (Bytes piece : pieces) {
            piece.asByteBuffer().get(joined, at, piece.length());
            at += piece.length();
        }
        return Bytes.owning(joined);
    }
}
