package kontor.filters.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kontor.filters.fields.FieldType;

/** What can be done to a value before it is compared. */
public enum Function {
    LEN("bytes of a text (as UTF-8) or of bytes"),
    LOWER("a text with the letters A to Z made small"),
    UPPER("a text with the letters a to z made large"),
    COUNT("how many values a field has; absent where it has none"),
    STRING("a value as text");

    private final String description;

    Function(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }

    /** As a filter writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Function> find(String word) {
        return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Function::word).toList();
    }

    /** Of its result. */
    public FieldType type() {
        return switch (this) {
            case LEN, COUNT -> FieldType.INTEGER;
            case LOWER, UPPER, STRING -> FieldType.STRING;
        };
    }

    /** Whether it can be applied to values of this type. */
    public boolean takes(FieldType type) {
        return switch (this) {
            case LEN -> type.isSearchable();
            case LOWER, UPPER -> type == FieldType.STRING;
            case COUNT -> type != FieldType.GROUP;
            case STRING ->
                    type == FieldType.INTEGER
                            || type == FieldType.BOOLEAN
                            || type == FieldType.IPV4
                            || type == FieldType.BYTES
                            || type == FieldType.STRING;
        };
    }
}
