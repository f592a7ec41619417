package kontor.rules;

/**
 * A file of rules, as its author wrote it.
 *
 * @param name of the file, without a directory: {@code chat.yaml}
 * @param text YAML, of which JSON is a part
 */
public record RuleFile(String name, String text) {}
