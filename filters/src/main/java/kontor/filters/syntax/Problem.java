package kontor.filters.syntax;

import java.util.List;

/**
 * What is wrong with a filter, and where.
 *
 * @param offset of the first character concerned, as Java and JavaScript count them
 * @param length 0 where something is missing at that place
 * @param expected what would be right there, as a filter or a person writes it; may be empty
 * @param unfinished whether it can be cured by typing on at the end of this range
 */
public record Problem(
        Severity severity,
        int offset,
        int length,
        String message,
        List<String> expected,
        boolean unfinished) {

    public Problem {
        expected = List.copyOf(expected);
    }

    /** Whether a filter can be used in spite of it. */
    public enum Severity {
        ERROR,
        /** A field's earlier name: it works for now. */
        DEPRECATED
    }

    /** Behind the last character concerned. */
    public int end() {
        return offset + length;
    }
}
