package kontor.analysis.dissect;

import java.util.List;
import java.util.function.LongFunction;

/**
 * The meaning of some bits of a word: a flag where it is one bit, else a small number.
 *
 * @param mask adjacent bits
 */
public record Bits(long mask, String name, String label, LongFunction<String> display) {

    private static final FieldValue SET = new FieldValue.Flag(true);
    private static final FieldValue NOT_SET = new FieldValue.Flag(false);

    public static Bits flag(long mask, String name, String label) {
        return new Bits(mask, name, label, bit -> bit == 0 ? "not set" : "set");
    }

    boolean isFlag() {
        return Long.bitCount(mask) == 1;
    }

    Field field(int offset, int length, long word) {
        long bits = (word & mask) >>> Long.numberOfTrailingZeros(mask);
        return isFlag()
                ? Field.leaf(
                        name, label, offset, length, bits == 0 ? NOT_SET : SET, display.apply(bits))
                : Field.number(name, label, offset, length, bits, display, List.of());
    }
}
