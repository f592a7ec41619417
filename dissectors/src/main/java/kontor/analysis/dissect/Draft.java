package kontor.analysis.dissect;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A message while it is being dissected: its bytes, the fields found so far, which bytes they
 * cover, and what was wrong first.
 *
 * <p>Guarantees, whatever the bytes and whatever a layout asks for: nothing throws, each byte
 * belongs to one leaf field, and no more fields are made than the limit (a field per byte of a
 * large datagram would drown its reader).
 */
public final class Draft {

    private final Bytes message;
    private final List<Field> fields = new ArrayList<>();

    /** All bytes in front of this one are taken: fields mostly come one behind the other. */
    private int front;

    /** Bytes from {@link #front} on that are taken. */
    private final BitSet claimed = new BitSet(0);

    private int fieldsLeft;
    private @Nullable String problem;

    /**
     * @param fieldLimit how many fields at most, those that close gaps at the end not counted
     */
    public Draft(Bytes message, int fieldLimit) {
        this.message = message;
        this.fieldsLeft = fieldLimit;
    }

    public Bytes message() {
        return message;
    }

    /** Reads the whole message from its first byte on. */
    public Cursor cursor() {
        return new Cursor(this, fields, 0, message.length());
    }

    /** Only the first problem counts: later ones mostly follow from it. */
    public void problem(String what) {
        if (problem == null) {
            problem = what;
        }
    }

    boolean hasProblem() {
        return problem != null;
    }

    /** Ends the dissection: bytes that no field has covered become fields of this name. */
    public Dissection finish(String protocol, String type, String summary, String unknownName) {
        return new Dissection(
                protocol,
                type,
                summary,
                closed(fields, 0, message.length(), unknownName),
                Optional.ofNullable(problem));
    }

    /** Whether the range is free and a field more is allowed; if so, it is taken. */
    boolean claim(String label, int offset, int length) {
        if (!isFree(label, offset, length)) {
            return false;
        }
        if (fieldsLeft <= 0) {
            problem("more fields than are shown; the rest begins at byte " + offset);
            return false;
        }
        fieldsLeft--;
        close(offset, length);
        return true;
    }

    /** Whether no field has any of these bytes; if one has, that is noted. */
    boolean isFree(String label, int offset, int length) {
        if (length > 0 && isTaken(offset, length)) {
            problem("%s at byte %d overlaps another field".formatted(label, offset));
            return false;
        }
        return true;
    }

    private boolean isTaken(int offset, int length) {
        int taken = offset < front ? offset : claimed.nextSetBit(offset);
        return taken >= 0 && taken < offset + length;
    }

    /** No field may take any of these bytes from now on. */
    void close(int offset, int length) {
        int end = offset + length;
        if (offset > front) {
            claimed.set(offset, end);
        } else if (end > front) {
            front = end;
        }
    }

    private List<Field> closed(List<Field> found, int from, int to, String unknownName) {
        if (isClosed(found, from, to)) {
            return found;
        }
        List<Field> sorted = new ArrayList<>(found);
        // Stable: a generated field stays behind the field that it explains.
        sorted.sort(Comparator.comparingInt(Field::offset));
        List<Field> complete = new ArrayList<>(sorted.size() + 1);
        int reached = from;
        for (Field field : sorted) {
            if (field.offset() > reached) {
                complete.add(unknown(unknownName, reached, field.offset()));
            }
            reached = Math.max(reached, field.end());
            complete.add(field.isLeaf() ? field : closedWithin(field, unknownName));
        }
        if (reached < to) {
            complete.add(unknown(unknownName, reached, to));
        }
        return complete;
    }

    /** Whether fields lie there one behind the other without a gap: then nothing is to be done. */
    private static boolean isClosed(List<Field> found, int from, int to) {
        int reached = from;
        int last = from;
        for (Field field : found) {
            if (field.offset() > reached || field.offset() < last || !isClosed(field)) {
                return false;
            }
            last = field.offset();
            reached = Math.max(reached, field.end());
        }
        return reached >= to;
    }

    private static boolean isClosed(Field field) {
        return field.isLeaf() || isClosed(field.children(), field.offset(), field.end());
    }

    private Field closedWithin(Field field, String unknownName) {
        return isClosed(field)
                ? field
                : field.with(closed(field.children(), field.offset(), field.end(), unknownName));
    }

    private Field unknown(String name, int from, int to) {
        return Cursor.rawField(name, "Unknown", from, message.slice(from, to - from));
    }
}
