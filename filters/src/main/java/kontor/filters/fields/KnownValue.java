package kontor.filters.fields;

/**
 * A value with a name of its own. A filter may use the name, quoted, in place of the value.
 *
 * @param literal as a filter writes it: {@code 0x16}, or a text without its quotes
 * @param name for a person: "PING"; empty if the value says it itself
 */
public record KnownValue(String literal, String name) {}
