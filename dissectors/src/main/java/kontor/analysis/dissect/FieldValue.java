package kontor.analysis.dissect;

/** What a field says, for filters and programs. */
public sealed interface FieldValue {

    /** An unsigned number, or a signed one where the layout says so. */
    record Numeric(long value) implements FieldValue {}

    /** Text; addresses, GUIDs and bytes (as hexadecimal digits) too. */
    record Text(String value) implements FieldValue {}

    /** One bit. */
    record Flag(boolean value) implements FieldValue {}

    /** A group of fields says nothing itself. */
    record None() implements FieldValue {}
}
