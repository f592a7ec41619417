package kontor.filters.expression;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.stream.Stream;

/**
 * A filter with its types resolved: true or false for every row, never undecided. What compares a
 * field that a row does not have is false, and so its negation is true.
 */
public sealed interface Condition {

    /** True if all are; of none: always. */
    record And(List<Condition> parts) implements Condition {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** True if one is. */
    record Or(List<Condition> parts) implements Condition {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** True if an odd number is. */
    record Xor(List<Condition> parts) implements Condition {
        public Xor {
            parts = List.copyOf(parts);
        }
    }

    record Not(Condition part) implements Condition {}

    /** The term has a value. */
    record Exists(Term term) implements Condition {}

    /**
     * @param all whether every value must stand so to every other, and there must be both
     */
    record Comparison(Term left, Relation relation, Term right, boolean all) implements Condition {}

    /** A value, or every one of at least one, is in one of the ranges. */
    record Membership(Term term, List<Range> ranges, boolean all) implements Condition {
        public Membership {
            ranges = List.copyOf(ranges);
        }
    }

    /** A text or bytes hold these. */
    record Contains(Term term, Value part, boolean all) implements Condition {}

    /** A text, or bytes read as ISO 8859-1, hold a match. */
    record Matches(Term term, Pattern pattern, boolean all) implements Condition {}

    /** Both ends included; they are the same for a single value, or a network. */
    record Range(Value low, Value high) {

        public static Range of(Value value) {
            return new Range(value, value);
        }

        public boolean isSingle() {
            return low.equals(high);
        }
    }

    /** The terms in it that are no literals. */
    default Stream<Term> terms() {
        return switch (this) {
            case And(var parts) -> parts.stream().flatMap(Condition::terms);
            case Or(var parts) -> parts.stream().flatMap(Condition::terms);
            case Xor(var parts) -> parts.stream().flatMap(Condition::terms);
            case Not(var part) -> part.terms();
            case Exists(var term) -> Stream.of(term);
            case Comparison c ->
                    Stream.of(c.left, c.right).filter(t -> !(t instanceof Term.Literal));
            case Membership m -> Stream.of(m.term);
            case Contains c -> Stream.of(c.term);
            case Matches m -> Stream.of(m.term);
        };
    }
}
