package kontor.rules;

/**
 * What is wrong with a file of rules, and where.
 *
 * @param line from 1
 * @param column from 1
 * @param message what is wrong, and what is allowed there
 */
public record RuleProblem(String file, int line, int column, String message) {

    /** {@code chat.yaml:3:9: unknown key "form"; allowed are ...}. */
    @Override
    public String toString() {
        return "%s:%d:%d: %s".formatted(file, line, column, message);
    }
}
