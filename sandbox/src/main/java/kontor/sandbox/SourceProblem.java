package kontor.sandbox;

/**
 * An error in a source.
 *
 * @param line from 1; 0 if it concerns no line
 * @param column from 1; 0 if it concerns no column
 */
public record SourceProblem(long line, long column, String message) {

    /** Returns a problem of the whole source. */
    static SourceProblem of(String message) {
        return new SourceProblem(0, 0, message);
    }
}
