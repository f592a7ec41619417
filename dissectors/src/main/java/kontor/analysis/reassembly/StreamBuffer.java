package kontor.analysis.reassembly;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import kontor.vocabulary.Bytes;

/**
 * What one game has written into one TCP flow and no message has taken yet, each byte with the
 * event that it came in.
 *
 * <p>Has no bound of its own: callers check {@link #length} and {@link #parts}. Not thread-safe.
 */
public final class StreamBuffer {

    private static final byte[] NOTHING = new byte[0];

    private final Deque<Part> parts = new ArrayDeque<>();
    private byte[] bytes = NOTHING;
    private int from;
    private int length;

    /** The rest of one event's payload. */
    private record Part(long sessionSequence, int offset, int length) {}

    /** Appends the rest of a payload whose first {@code offset} bytes the stream had already. */
    public void append(long sessionSequence, int offset, Bytes rest) {
        if (rest.isEmpty()) {
            return;
        }
        makeRoom(rest.length());
        rest.asByteBuffer().get(bytes, from + length, rest.length());
        parts.addLast(new Part(sessionSequence, offset, rest.length()));
        length += rest.length();
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

    /**
     * The byte at {@code index}, 0 to 255; it stays.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public int unsignedAt(int index) {
        return bytes[from + Objects.checkIndex(index, length)] & 0xFF;
    }

    /** A copy of the bytes from {@code at} on, {@code wanted} or as many as there are. */
    public Bytes peek(int at, int wanted) {
        int start = from + Math.min(at, length);
        int end = from + Math.min(length, Math.addExact(at, wanted));
        return Bytes.owning(Arrays.copyOfRange(bytes, start, Math.max(start, end)));
    }

    /**
     * Takes the first bytes out.
     *
     * @throws IndexOutOfBoundsException if fewer are there
     */
    public Piece take(int wanted) {
        Objects.checkFromIndexSize(0, wanted, length);
        List<Span> spans = new ArrayList<>();
        int missing = wanted;
        while (missing > 0) {
            Part part = parts.removeFirst();
            int used = Math.min(missing, part.length);
            spans.add(new Span(part.sessionSequence, part.offset, used));
            if (used < part.length) {
                parts.addFirst(
                        new Part(part.sessionSequence, part.offset + used, part.length - used));
            }
            missing -= used;
        }
        Bytes taken = peek(0, wanted);
        from += wanted;
        length -= wanted;
        if (length == 0) {
            bytes = NOTHING;
            from = 0;
        }
        return new Piece(taken, spans);
    }

    /** Takes all. */
    public Piece takeAll() {
        return take(length);
    }

    private void makeRoom(int more) {
        int needed = Math.addExact(length, more);
        if (from + needed <= bytes.length) {
            return;
        }
        byte[] target = bytes;
        if (needed > bytes.length / 2) {
            // Doubled only where more is on its way: most events hold whole messages.
            target = new byte[length == 0 ? needed : Math.max(needed, 2 * bytes.length)];
        }
        System.arraycopy(bytes, from, target, 0, length);
        bytes = target;
        from = 0;
    }
}
