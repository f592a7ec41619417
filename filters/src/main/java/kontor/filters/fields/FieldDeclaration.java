package kontor.filters.fields;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A field that filters may use, declared before its first value is seen.
 *
 * @param name "dplay.command"
 * @param unit "ms", "t"; empty for none
 * @param description for a person
 * @param aliases earlier names. They still work, and are reported as deprecated
 * @param values those with names, in the order in which they are proposed
 */
public record FieldDeclaration(
        String name,
        FieldType type,
        String unit,
        String description,
        Certainty certainty,
        List<String> aliases,
        List<KnownValue> values) {

    /**
     * Letters, digits, dots inside: what the grammar takes for one word, and SQL needs no quotes
     * for.
     */
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*");

    private static final int LONGEST = 200;

    /**
     * @throws IllegalArgumentException if the name or an alias cannot be written in a filter
     */
    public FieldDeclaration {
        aliases = List.copyOf(aliases);
        values = List.copyOf(values);
        if (!isName(name)) {
            throw new IllegalArgumentException("no field name: " + name);
        }
        for (String alias : aliases) {
            if (!isName(alias)) {
                throw new IllegalArgumentException("no field name: " + alias);
            }
        }
    }

    /** A field whose meaning is certain, without unit, earlier names or named values. */
    public static FieldDeclaration of(String name, FieldType type, String description) {
        return new FieldDeclaration(
                name, type, "", description, Certainty.VERIFIED, List.of(), List.of());
    }

    public FieldDeclaration withUnit(String newUnit) {
        return new FieldDeclaration(name, type, newUnit, description, certainty, aliases, values);
    }

    public FieldDeclaration withCertainty(Certainty newCertainty) {
        return new FieldDeclaration(name, type, unit, description, newCertainty, aliases, values);
    }

    public FieldDeclaration withAliases(String... newAliases) {
        return new FieldDeclaration(
                name, type, unit, description, certainty, List.of(newAliases), values);
    }

    public FieldDeclaration withValues(List<KnownValue> newValues) {
        return new FieldDeclaration(name, type, unit, description, certainty, aliases, newValues);
    }

    /** Named values that say themselves what they mean. */
    public FieldDeclaration withValues(String... literals) {
        return withValues(
                List.of(literals).stream().map(literal -> new KnownValue(literal, "")).toList());
    }

    public static boolean isName(String text) {
        return text.length() <= LONGEST && NAME.matcher(text).matches();
    }

    /** The protocol that a field belongs to: what stands before the first dot. */
    public static String protocolOf(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
