package kontor.filters.assistance;

import java.util.List;
import kontor.filters.expression.Function;
import kontor.filters.fields.FieldType;
import kontor.filters.fields.KnownValue;

/** What kind of word may stand at a place. */
sealed interface Position {

    /** A comparison or a field's name begins. */
    record OfTest() implements Position {}

    /** In a function's parentheses. */
    record OfArgument(Function function) implements Position {}

    /** Behind the left side of a comparison, of this type. */
    record BehindOperand(FieldType type) implements Position {}

    /** Behind a whole comparison. */
    record BehindTest() implements Position {}

    /** The right side of a comparison. */
    record OfValue(FieldType type, List<KnownValue> known) implements Position {}

    /** Within a set. */
    record OfElement(FieldType type, List<KnownValue> known) implements Position {}

    /** A set begins. */
    record OfSet() implements Position {}

    /** A regular expression begins. */
    record OfPattern() implements Position {}

    /** Nothing that could be proposed. */
    record None() implements Position {}
}
