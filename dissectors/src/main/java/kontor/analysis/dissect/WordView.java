package kontor.analysis.dissect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** How a number of 1 to 4 bytes is shown. */
@FunctionalInterface
public interface WordView {

    /** Formatting is most of the work of a dissection: without String.format. */
    char[] DIGITS = "0123456789ABCDEF".toCharArray();

    Field field(String name, String label, int offset, int length, long word);

    static WordView decimal() {
        return shown(Long::toString);
    }

    /** A signed number of 32 bits. */
    static WordView signed() {
        return (name, label, offset, length, word) ->
                Field.leaf(
                        name,
                        label,
                        offset,
                        length,
                        new FieldValue.Numeric((int) word),
                        Integer.toString((int) word));
    }

    /** As many digits as the word has: {@code 0x0349281C}. */
    static WordView hex() {
        return (name, label, offset, length, word) ->
                Field.leaf(
                        name,
                        label,
                        offset,
                        length,
                        new FieldValue.Numeric(word),
                        hex(word, length));
    }

    /** Hexadecimal, and behind it what it means: {@code 0x0002 ENUMSESSIONS}. */
    static WordView hexNamed(LongFunction<String> meaning) {
        return (name, label, offset, length, word) ->
                Field.leaf(
                        name,
                        label,
                        offset,
                        length,
                        new FieldValue.Numeric(word),
                        (hex(word, length) + " " + meaning.apply(word)).strip());
    }

    static WordView shown(LongFunction<String> display) {
        return (name, label, offset, length, word) ->
                Field.leaf(
                        name,
                        label,
                        offset,
                        length,
                        new FieldValue.Numeric(word),
                        display.apply(word));
    }

    /**
     * A word whose bits have meanings of their own. Bits that are set and not in the list get a
     * child {@code <name>.undocumented}, so that they are seen.
     */
    static WordView bits(List<Bits> meanings) {
        long known = meanings.stream().mapToLong(Bits::mask).reduce(0, (a, b) -> a | b);
        return (name, label, offset, length, word) -> {
            List<Field> children = new ArrayList<>(meanings.size());
            meanings.forEach(bits -> children.add(bits.field(offset, length, word)));
            long unknown = word & ~known;
            if (unknown != 0) {
                children.add(
                        Field.leaf(
                                name + ".undocumented",
                                "Undocumented bits",
                                offset,
                                length,
                                new FieldValue.Numeric(unknown),
                                hex(unknown, length)));
            }
            String set =
                    meanings.stream()
                            .filter(bits -> bits.isFlag() && (word & bits.mask()) != 0)
                            .map(Bits::label)
                            .collect(Collectors.joining(", "));
            String display = hex(word, length) + (set.isEmpty() ? "" : " (" + set + ")");
            return new Field(
                    name, label, offset, length, new FieldValue.Numeric(word), display, children);
        };
    }

    /** {@code 0x} and as many digits as {@code length} bytes have; of three bytes, eight. */
    static String hex(long word, int length) {
        int digits = length <= 2 ? 2 * length : 8;
        char[] text = new char[2 + digits];
        text[0] = '0';
        text[1] = 'x';
        long rest = word;
        for (int i = digits + 1; i > 1; i--) {
            text[i] = DIGITS[(int) rest & 0xF];
            rest >>>= 4;
        }
        return new String(text);
    }
}
