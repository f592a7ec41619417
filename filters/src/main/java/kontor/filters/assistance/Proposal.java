package kontor.filters.assistance;

import java.util.Locale;

/**
 * Something that may be typed.
 *
 * @param text replaces what stands at {@code offset}, {@code length} characters of it
 * @param description for a person
 * @param type of a field or value, as the API spells it; empty for others
 */
public record Proposal(
        Kind kind, String text, String description, String type, int offset, int length) {

    /** What a proposal is. */
    public enum Kind {
        FIELD,
        FUNCTION,
        OPERATOR,
        VALUE;

        /** As the API spells it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
