package kontor.analyzers;

/**
 * The declaration of a field; filters, columns and exports are typed on it.
 *
 * @param name as filters use it; begins with the analyzer's name and a dot: "harbour.ship"
 * @param unit "B", "1/32 t"; empty for none
 * @param description for a person
 */
public record FieldSpec(
        String name, Kind kind, String unit, String description, Certainty certainty) {

    /** The values of a field. */
    public enum Kind {
        /** A whole number. */
        NUMBER,
        /** Text. */
        TEXT,
        /** Bytes, shown as hexadecimal digits. */
        BYTES
    }

    /** How well the meaning of a field is known. */
    public enum Certainty {
        VERIFIED,
        LIKELY,
        GUESS
    }

    /** Returns a number whose meaning is a guess, without a unit. */
    public static FieldSpec number(String name, String description) {
        return new FieldSpec(name, Kind.NUMBER, "", description, Certainty.GUESS);
    }

    /** Returns a text whose meaning is a guess. */
    public static FieldSpec text(String name, String description) {
        return new FieldSpec(name, Kind.TEXT, "", description, Certainty.GUESS);
    }

    /** Returns bytes whose meaning is a guess. */
    public static FieldSpec bytes(String name, String description) {
        return new FieldSpec(name, Kind.BYTES, "", description, Certainty.GUESS);
    }
}
