package kontor.filters.fields;

import java.util.Locale;

/** How well a field's meaning is known. */
public enum Certainty {
    VERIFIED,
    LIKELY,
    GUESS;

    /** As the API spells it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
