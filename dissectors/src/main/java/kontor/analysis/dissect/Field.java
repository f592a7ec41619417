package kontor.analysis.dissect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A part of a message with a meaning.
 *
 * @param name as filters use it: "dplay.command"
 * @param label for a person
 * @param offset from the message's first byte
 * @param length 0 for a generated field, which stands nowhere in the bytes
 * @param display the value as a person wants to read it
 * @param children inside this field's range. They lie one after the other, except for the bits of a
 *     word, which all have the range of the word
 */
public record Field(
        String name,
        String label,
        int offset,
        int length,
        FieldValue value,
        String display,
        List<Field> children) {

    public Field {
        children = List.copyOf(children);
    }

    static Field leaf(
            String name, String label, int offset, int length, FieldValue value, String display) {
        return new Field(name, label, offset, length, value, display, List.of());
    }

    int end() {
        return offset + length;
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
}
