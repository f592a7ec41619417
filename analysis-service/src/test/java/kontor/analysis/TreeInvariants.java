package kontor.analysis;

import java.util.BitSet;
import java.util.List;
import kontor.analysis.dissect.Field;

/**
 * What holds for the fields of every message, whatever its bytes. Cheap enough for millions of
 * messages.
 */
public final class TreeInvariants {

    private TreeInvariants() {}

    /** Ranges are inside, siblings do not overlap, and every byte is in exactly one leaf. */
    public static void check(List<Field> fields, int length) {
        BitSet covered = new BitSet(length);
        siblings(fields, 0, length, covered);
        if (covered.cardinality() != length) {
            throw new AssertionError(
                    "%d of %d bytes are in leaves".formatted(covered.cardinality(), length));
        }
    }

    private static void siblings(List<Field> fields, int from, int to, BitSet covered) {
        int reached = from;
        boolean bitsBefore = false;
        for (Field field : fields) {
            int end = field.offset() + field.length();
            demand(!field.name().isEmpty() && !field.label().isEmpty(), field, "has no name");
            demand(field.offset() >= from && end <= to, field, "is outside of its parent");
            if (field.length() > 0) {
                boolean areBits = !field.bits().isEmpty();
                int free = areBits && bitsBefore ? reached - 1 : reached;
                demand(field.offset() >= free, field, "overlaps the one before");
                reached = end;
                bitsBefore = areBits;
            }
            if (isWord(field)) {
                demand(
                        field.children().stream().allMatch(bits -> sameRange(bits, field)),
                        field,
                        "has bits outside");
                covered.set(field.offset(), end);
            } else {
                if (field.isLeaf()) {
                    covered.set(field.offset(), end);
                }
                siblings(field.children(), field.offset(), end, covered);
            }
        }
    }

    private static void demand(boolean holds, Field field, String what) {
        if (!holds) {
            throw new AssertionError(field.name() + " at byte " + field.offset() + " " + what);
        }
    }

    /** The bits of a word share its range. */
    private static boolean isWord(Field field) {
        return !field.isLeaf()
                && field.children().stream().allMatch(child -> sameRange(child, field))
                && field.length() <= Integer.BYTES;
    }

    private static boolean sameRange(Field one, Field other) {
        return one.offset() == other.offset() && one.length() == other.length();
    }
}
