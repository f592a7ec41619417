package kontor.analysis.dissect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** How a number of 1 to 4 bytes is shown. */
@FunctionalInterface
public interface WordView {

    /** Formatting is most of the work of a dissection: without String.format. */
    char[] DIGITS = "0123456789ABCDEF".toCharArray();

    Field field(String name, String label, int offset, int length, long word);

    static WordView decimal() {
        return Usual.DECIMAL;
    }

    /** A signed number of 32 bits. */
    static WordView signed() {
        return Usual.SIGNED;
    }

    /** As many digits as the word has: {@code 0x0349281C}. */
    static WordView hex() {
        return Usual.HEX;
    }

    /** Hexadecimal, and behind it what it means: {@code 0x0002 ENUMSESSIONS}. */
    static WordView hexNamed(LongFunction<String> meaning) {
        return byLength(width -> word -> (hex(word, width) + " " + meaning.apply(word)).strip());
    }

    static WordView shown(LongFunction<String> display) {
        return (name, label, offset, length, word) ->
                Field.number(name, label, offset, length, word, display, List.of());
    }

    /**
     * A word whose bits have meanings of their own. Bits that are set and not in the list get a
     * child {@code <name>.undocumented}, so that they are seen.
     */
    static WordView bits(List<Bits> meanings) {
        long known = meanings.stream().mapToLong(Bits::mask).reduce(0, (a, b) -> a | b);
        List<LongFunction<String>> displays = displays(width -> word -> set(meanings, word, width));
        return (name, label, offset, length, word) -> {
            List<Field> children = new ArrayList<>(meanings.size());
            for (Bits bits : meanings) {
                children.add(bits.field(offset, length, word));
            }
            long unknown = word & ~known;
            if (unknown != 0) {
                children.add(
                        hex().field(
                                        name + ".undocumented",
                                        "Undocumented bits",
                                        offset,
                                        length,
                                        unknown));
            }
            return Field.number(name, label, offset, length, word, displays.get(length), children);
        };
    }

    /** {@code 0x00000005 (system player, in a group)}. */
    private static String set(List<Bits> meanings, long word, int length) {
        StringBuilder set = new StringBuilder();
        for (Bits bits : meanings) {
            if ((word & bits.mask()) != 0 && bits.isFlag()) {
                set.append(set.isEmpty() ? " (" : ", ").append(bits.label());
            }
        }
        return hex(word, length) + (set.isEmpty() ? "" : set.append(')'));
    }

    /** A number that is shown by as many digits as it has. */
    private static WordView byLength(IntFunction<LongFunction<String>> display) {
        List<LongFunction<String>> displays = displays(display);
        return (name, label, offset, length, word) ->
                Field.number(name, label, offset, length, word, displays.get(length), List.of());
    }

    /** By length, 0 to 4: made once, not with each field. */
    private static List<LongFunction<String>> displays(IntFunction<LongFunction<String>> display) {
        return IntStream.rangeClosed(0, Integer.BYTES).mapToObj(display).toList();
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

    /** Those that know nothing but the number: made once, not with each field. */
    final class Usual {

        private static final WordView DECIMAL = shown(Long::toString);

        private static final WordView HEX = byLength(width -> word -> hex(word, width));

        private static final WordView SIGNED =
                (name, label, offset, length, word) ->
                        Field.number(
                                name,
                                label,
                                offset,
                                length,
                                word << Integer.SIZE >> Integer.SIZE,
                                Long::toString,
                                List.of());

        private Usual() {}
    }
}
