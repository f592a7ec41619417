package kontor.analysis.dissect;

import java.util.List;

/**
 * A field that messages of an analyzer may have, declared before the first result: filters, columns
 * and exports are typed on it.
 *
 * @param name as filters use it, each once
 * @param unit "B", "1/32 t"; empty for none
 * @param description for a person
 * @param values those with names of their own
 */
public record FieldDeclaration(
        String name,
        FieldType type,
        String unit,
        String description,
        Certainty certainty,
        List<NamedValue> values) {

    private static final int PARTS = 5;

    /** A value that has a name: 0x16, "PING". */
    public record NamedValue(long value, String name) {}

    public FieldDeclaration {
        values = List.copyOf(values);
    }

    /**
     * Parses {@code name | TYPE | CERTAINTY | unit | description}.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static FieldDeclaration parse(String line) {
        String[] parts = line.split("\\|", PARTS);
        if (parts.length < PARTS) {
            throw new IllegalArgumentException("no declaration of a field: " + line);
        }
        return new FieldDeclaration(
                parts[0].strip(),
                FieldType.valueOf(parts[1].strip()),
                parts[3].strip(),
                parts[4].strip(),
                Certainty.valueOf(parts[2].strip()),
                List.of());
    }

    /** The same field with names for some of its values. */
    public FieldDeclaration withValues(List<NamedValue> named) {
        return new FieldDeclaration(name, type, unit, description, certainty, named);
    }
}
