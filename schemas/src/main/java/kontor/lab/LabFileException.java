package kontor.lab;

import java.util.List;

/**
 * A lab file has mistakes. The message has one line for each: file, line, column, what, what is
 * allowed.
 */
public final class LabFileException extends Exception {

    private static final long serialVersionUID = 1L;

    LabFileException(String file, List<Problem> problems) {
        super(
                String.join(
                        System.lineSeparator(),
                        problems.stream().map(problem -> problem.in(file)).toList()));
    }

    /**
     * One mistake.
     *
     * @param line from 1
     * @param column from 1
     */
    record Problem(int line, int column, String text) {

        private String in(String file) {
            return "%s:%d:%d: %s".formatted(file, line, column, text);
        }
    }
}
