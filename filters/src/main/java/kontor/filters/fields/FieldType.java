package kontor.filters.fields;

import java.util.Locale;

/** What the values of a field are, and so what it can be compared with. */
public enum FieldType {
    /** A whole number. */
    INTEGER("a whole number: 22, 0x16, 0b1010, 026 or 'A'"),
    /** A number with a fraction. */
    DECIMAL("a number: 1.5"),
    STRING("a quoted text: \"game1\""),
    BOOLEAN("true or false"),
    BYTES("bytes: 70:6c:61:79, or a quoted text"),
    IPV4("an IPv4 address or network: 127.0.0.1, 127.0.0.0/8"),
    /** A point in time, in microseconds; of built-in fields only. */
    TIME("a time: 2026-11-28T18:00:00Z, or \"2026-11-28 18:00:00\""),
    /** Seconds. */
    DURATION("seconds: 1.5"),
    /** Has no value of its own: it is there or not. */
    GROUP("nothing: it has no value and is only there or not");

    private final String literal;

    FieldType(String literal) {
        this.literal = literal;
    }

    /** For a person: how a value of this type is written. */
    public String literal() {
        return literal;
    }

    /** Whether values are numbers. */
    public boolean isNumeric() {
        return this == INTEGER || this == DECIMAL || this == DURATION;
    }

    /** Whether one value is below another. */
    public boolean isOrdered() {
        return this != BOOLEAN && this != GROUP;
    }

    /** Whether a value has parts that can be searched. */
    public boolean isSearchable() {
        return this == STRING || this == BYTES;
    }

    /** As the API spells it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
