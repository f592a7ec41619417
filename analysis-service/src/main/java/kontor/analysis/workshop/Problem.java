package kontor.analysis.workshop;

/**
 * An error in a source.
 *
 * @param line from 1; 0 if it concerns no line
 * @param column from 1; 0 if it concerns no column
 */
public record Problem(long line, long column, String message) {

    /** Returns a problem of the whole file. */
    public static Problem of(String message) {
        return new Problem(0, 0, message);
    }
}
