package kontor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import kontor.analysis.dissect.Field;

/** What holds for the fields of every message, whatever its bytes. */
public final class TreeInvariants {

    private TreeInvariants() {}

    /** Ranges are inside, siblings do not overlap, and every byte is in exactly one leaf. */
    public static void check(List<Field> fields, int length) {
        siblings(fields, 0, length);
        BitSet covered = new BitSet();
        fields.stream()
                .flatMap(Field::flatten)
                .filter(field -> field.length() > 0 && (field.isLeaf() || isWord(field)))
                .forEach(field -> covered.set(field.offset(), field.offset() + field.length()));
        assertThat(covered.cardinality()).as("bytes in leaves").isEqualTo(length);
    }

    private static void siblings(List<Field> fields, int from, int to) {
        int reached = from;
        for (Field field : fields) {
            assertThat(field.name()).isNotEmpty();
            assertThat(field.label()).isNotEmpty();
            assertThat(field.offset()).as(field.name()).isBetween(from, to);
            assertThat(field.offset() + field.length()).as(field.name()).isLessThanOrEqualTo(to);
            if (field.length() > 0) {
                assertThat(field.offset()).as(field.name()).isGreaterThanOrEqualTo(reached);
                reached = field.offset() + field.length();
            }
            if (isWord(field)) {
                assertThat(field.children()).allMatch(bits -> sameRange(bits, field));
            } else {
                siblings(field.children(), field.offset(), field.offset() + field.length());
            }
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
