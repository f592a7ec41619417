package kontor.analysis.dissect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import kontor.vocabulary.Bytes;

/**
 * Reads a message field by field and puts each into the draft's tree.
 *
 * <p>It never throws: a field that does not fit into what is left makes the cursor <em>broken</em>,
 * with a problem noted in the draft; from then on each read changes nothing and yields zero or
 * nothing. So a layout reads straight on, and asks {@link #isIntact()} only in loops and where a
 * number decides what follows.
 *
 * <p>All numbers are little-endian unless a method says otherwise.
 */
public final class Cursor {

    private final Draft draft;
    private final List<Field> fields;
    private final int start;
    private final int end;
    private int position;
    private boolean intact = true;

    Cursor(Draft draft, List<Field> fields, int from, int end) {
        this.draft = draft;
        this.fields = fields;
        this.start = from;
        this.position = from;
        this.end = end;
    }

    /** Offset of the next byte in the message. */
    public int position() {
        return position;
    }

    /** Offset behind the last byte that this cursor may read. */
    public int end() {
        return end;
    }

    public int remaining() {
        return end - position;
    }

    public boolean isIntact() {
        return intact;
    }

    /** Whether anything in the message did not fit so far, whichever cursor met it. */
    public boolean hasProblem() {
        return draft.hasProblem();
    }

    /** Notes a problem and breaks the cursor. */
    public void fail(String problem) {
        if (intact) {
            draft.problem(problem);
            intact = false;
        }
    }

    /** Notes a problem that reading can go on behind. */
    public void note(String problem) {
        draft.problem(problem);
    }

    /**
     * Another place in the same message or group of known length; what is read there comes to the
     * same level of the tree. A place outside gives a broken cursor.
     */
    public Cursor at(String label, long offset) {
        boolean inside = intact && offset >= start && offset <= end;
        Cursor cursor = new Cursor(draft, fields, inside ? (int) offset : end, end);
        if (!inside) {
            fail("%s should be at byte %d, outside of what holds it".formatted(label, offset));
            cursor.intact = false;
        }
        return cursor;
    }

    /** The bytes that come next, without reading them; fewer where fewer are left. */
    public Bytes peek(int length) {
        return intact
                ? draft.message().slice(position, Math.min(length, remaining()))
                : Bytes.empty();
    }

    public long u8(String name, String label) {
        return word(name, label, 1, WordView.decimal());
    }

    public long u16(String name, String label) {
        return word(name, label, 2, WordView.decimal());
    }

    public long u32(String name, String label) {
        return word(name, label, 4, WordView.decimal());
    }

    public long u32(String name, String label, WordView view) {
        return word(name, label, 4, view);
    }

    /** A number of {@code width} bytes, 1 to 4. */
    public long word(String name, String label, int width, WordView view) {
        int at = take(label, width);
        if (at < 0) {
            return 0;
        }
        long word = 0;
        for (int i = width - 1; i >= 0; i--) {
            word = word << Byte.SIZE | draft.message().unsignedAt(at + i);
        }
        fields.add(view.field(name, label, at, width, word));
        return word;
    }

    /** A port number: 2 bytes, big-endian. */
    public long port(String name, String label) {
        int at = take(label, 2);
        if (at < 0) {
            return 0;
        }
        long port = (long) draft.message().unsignedAt(at) << 8 | draft.message().unsignedAt(at + 1);
        fields.add(WordView.decimal().field(name, label, at, 2, port));
        return port;
    }

    /** An IPv4 address, shown dotted. */
    public void ipv4(String name, String label) {
        late(name, label, 4, Readings.IPV4);
    }

    /** A GUID as Windows keeps it (three numbers, eight bytes), in braces and upper case. */
    public void guid(String name, String label) {
        late(name, label, 16, Readings.GUID);
    }

    /** The same; returns how it is shown. */
    public String guidText(String name, String label) {
        Bytes bytes = late(name, label, 16, Readings.GUID);
        return bytes.isEmpty() ? "" : Readings.guid(bytes);
    }

    /** UTF-16LE, ending with its zero or, without one, where the cursor ends. */
    public String wideText(String name, String label) {
        return wideText(name, label, intact ? Texts.wideLength(peek(remaining())) : 0);
    }

    /** UTF-16LE in a field of known length. */
    public String wideText(String name, String label, long length) {
        Bytes bytes = takeBytes(label, length);
        String text = Texts.wide(bytes);
        if (!bytes.isEmpty()) {
            fields.add(text(name, label, position - bytes.length(), bytes.length(), text));
        }
        return text;
    }

    /** 8-bit text in a field of known length. */
    public String narrowText(String name, String label, long length) {
        Bytes bytes = takeBytes(label, length);
        String text = Texts.narrow(bytes);
        if (!bytes.isEmpty()) {
            fields.add(text(name, label, position - bytes.length(), bytes.length(), text));
        }
        return text;
    }

    /** Plain ASCII of known length, as in a magic word. */
    public void literal(String name, String label, int length) {
        late(name, label, length, Readings.NARROW);
    }

    /** Returns its bytes; none where they are not there. */
    private Bytes late(String name, String label, int length, Field.Reading reading) {
        Bytes bytes = takeBytes(label, length);
        if (!bytes.isEmpty()) {
            fields.add(
                    Field.late(name, label, position - bytes.length(), bytes, reading, List.of()));
        }
        return bytes;
    }

    /** Bytes without a meaning known here; no field where there are none. */
    public Bytes raw(String name, String label, long length) {
        Bytes bytes = takeBytes(label, length);
        if (!bytes.isEmpty()) {
            fields.add(rawField(name, label, position - bytes.length(), bytes));
        }
        return bytes;
    }

    /** All that is left. */
    public Bytes rest(String name, String label) {
        return raw(name, label, remaining());
    }

    /** A field that stands nowhere in the bytes, at the place that it follows from. */
    public void generated(String name, String label, FieldValue value, String display) {
        if (intact && draft.claim(label, position, 0)) {
            fields.add(Field.leaf(name, label, position, 0, value, display));
        }
    }

    /** A field whose value is known already. */
    public void known(String name, String label, int length, FieldValue value, String display) {
        int at = take(label, length);
        if (at >= 0) {
            fields.add(Field.leaf(name, label, at, length, value, display));
        }
    }

    /**
     * A group of fields, as long as what is read in it one after the other.
     *
     * @param read reads the group and says how it is shown, which counts only if all was there
     */
    public void group(String name, String label, Function<Cursor, String> read) {
        List<Field> children = new ArrayList<>();
        Cursor inner = new Cursor(draft, children, position, end);
        inner.intact = intact;
        String display = shown(inner, read);
        if (!children.isEmpty()) {
            fields.add(
                    Field.group(
                            name, label, position, inner.position - position, display, children));
        }
        intact = inner.intact;
        position = inner.position;
    }

    /**
     * The same, shown by its own bytes.
     *
     * @param read reads the group
     * @param display of the group's bytes, if all was there
     */
    public void group(
            String name, String label, Consumer<Cursor> read, Function<Bytes, String> display) {
        List<Field> children = new ArrayList<>();
        Cursor inner = new Cursor(draft, children, position, end);
        inner.intact = intact;
        read.accept(inner);
        int length = inner.position - position;
        if (!children.isEmpty()) {
            fields.add(
                    inner.intact
                            ? Field.late(
                                    name,
                                    label,
                                    position,
                                    draft.message().slice(position, length),
                                    Readings.group(display),
                                    children)
                            : Field.group(name, label, position, length, "", children));
        }
        intact = inner.intact;
        position = inner.position;
    }

    /**
     * A group of fields whose length is known beforehand: whatever goes wrong in it, reading goes
     * on behind it. Within it {@link #at} leads anywhere.
     */
    public void group(String name, String label, long length, Function<Cursor, String> read) {
        if (length == 0 || !fits(label, length)) {
            return;
        }
        int groupEnd = position + (int) length;
        if (!draft.isFree(label, position, (int) length)) {
            intact = false;
            return;
        }
        List<Field> children = new ArrayList<>();
        String display = shown(new Cursor(draft, children, position, groupEnd), read);
        draft.close(position, (int) length);
        fields.add(Field.group(name, label, position, (int) length, display, children));
        position = groupEnd;
    }

    /** What was read past the end was zeros: nothing is shown of them. */
    private static String shown(Cursor inner, Function<Cursor, String> read) {
        String display = read.apply(inner);
        return inner.intact ? display : "";
    }

    static Field rawField(String name, String label, int offset, Bytes bytes) {
        return Field.late(name, label, offset, bytes, Readings.RAW, List.of());
    }

    private static Field text(String name, String label, int offset, int length, String text) {
        return Field.leaf(name, label, offset, length, new FieldValue.Text(text), text);
    }

    private Bytes takeBytes(String label, long length) {
        if (length == 0 || !fits(label, length)) {
            return Bytes.empty();
        }
        int at = take(label, (int) length);
        return at < 0 ? Bytes.empty() : draft.message().slice(at, (int) length);
    }

    /** Offset of the next {@code length} bytes, which are then read; -1 where that cannot be. */
    private int take(String label, int length) {
        if (!fits(label, length)) {
            return -1;
        }
        if (!draft.claim(label, position, length)) {
            intact = false;
            return -1;
        }
        int at = position;
        position += length;
        return at;
    }

    private boolean fits(String label, long length) {
        if (intact && (length < 0 || length > remaining())) {
            fail(
                    "%s at byte %d needs %d bytes, and %d are left"
                            .formatted(label, position, length, remaining()));
        }
        return intact;
    }
}
