package kontor.analysis.dissect;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import kontor.vocabulary.Bytes;

/**
 * A part of a message with a meaning. A value: two with the same contents are equal.
 *
 * <p>How it is shown is worked out when somebody asks, each time: most fields are never shown, and
 * to format them all would be most of the work of a dissection.
 */
public final class Field {

    private static final FieldValue NOTHING = new FieldValue.None();

    private final String name;
    private final String label;
    private final int offset;
    private final int length;

    /** A {@link FieldValue}, or the bytes that {@link #display} reads. */
    private final Object value;

    /** A text, a {@code LongFunction<String>} of the number, or a {@link Reading} of the bytes. */
    private final Object display;

    private final List<Field> children;

    /**
     * @param name as filters use it: "dplay.command"
     * @param label for a person
     * @param offset from the message's first byte
     * @param length 0 for a generated field, which stands nowhere in the bytes
     * @param display the value as a person wants to read it
     * @param children inside this field's range. They lie one after the other, except for the bits
     *     of a word, which all have the range of the word
     */
    public Field(
            String name,
            String label,
            int offset,
            int length,
            FieldValue value,
            String display,
            List<Field> children) {
        this(name, label, offset, length, value, (Object) display, children);
    }

    private Field(
            String name,
            String label,
            int offset,
            int length,
            Object value,
            Object display,
            List<Field> children) {
        this.name = name;
        this.label = label;
        this.offset = offset;
        this.length = length;
        this.value = value;
        this.display = display;
        this.children = List.copyOf(children);
    }

    /** What bytes say, and how they are shown. */
    interface Reading {

        FieldValue value(Bytes bytes);

        String display(Bytes bytes);
    }

    static Field leaf(
            String name, String label, int offset, int length, FieldValue value, String display) {
        return new Field(name, label, offset, length, value, display, List.of());
    }

    /**
     * A number.
     *
     * @param display shows it; the same at any time
     */
    public static Field number(
            String name,
            String label,
            int offset,
            int length,
            long number,
            LongFunction<String> display,
            List<Field> children) {
        return new Field(
                name, label, offset, length, new FieldValue.Numeric(number), display, children);
    }

    /** A field that is read out of its bytes when somebody asks. */
    static Field late(
            String name,
            String label,
            int offset,
            Bytes bytes,
            Reading reading,
            List<Field> children) {
        return new Field(name, label, offset, bytes.length(), bytes, reading, children);
    }

    /** As filters use it. */
    public String name() {
        return name;
    }

    /** For a person. */
    public String label() {
        return label;
    }

    /** From the message's first byte. */
    public int offset() {
        return offset;
    }

    /** 0 for a generated field. */
    public int length() {
        return length;
    }

    public FieldValue value() {
        return value instanceof Bytes bytes ? ((Reading) display).value(bytes) : (FieldValue) value;
    }

    /** The value as a person wants to read it. */
    @SuppressWarnings("unchecked")
    public String display() {
        return switch (display) {
            case String text -> text;
            case Reading reading -> reading.display((Bytes) value);
            default -> ((LongFunction<String>) display).apply(((FieldValue.Numeric) value).value());
        };
    }

    public List<Field> children() {
        return children;
    }

    int end() {
        return offset + length;
    }

    /** The same with other children. */
    Field with(List<Field> others) {
        return new Field(name, label, offset, length, value, display, others);
    }

    /** A group of fields: says nothing itself. */
    static Field group(
            String name,
            String label,
            int offset,
            int length,
            String display,
            List<Field> children) {
        return new Field(name, label, offset, length, NOTHING, display, children);
    }

    /** This field and all below it, in the order of the bytes. */
    public Stream<Field> flatten() {
        if (children.isEmpty()) {
            return Stream.of(this);
        }
        List<Field> all = new ArrayList<>();
        collect(all);
        return all.stream();
    }

    private void collect(List<Field> all) {
        all.add(this);
        for (Field child : children) {
            child.collect(all);
        }
    }

    /** Whether its bytes are not explained further: it has no child that stands in the bytes. */
    public boolean isLeaf() {
        for (Field child : children) {
            if (child.length != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Field that
                && offset == that.offset
                && length == that.length
                && name.equals(that.name)
                && label.equals(that.label)
                && value().equals(that.value())
                && display().equals(that.display())
                && children.equals(that.children);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, offset, length, value());
    }

    @Override
    public String toString() {
        return "%s [%d, %d) %s %s".formatted(name, offset, offset + length, display(), children);
    }
}
