package kontor.filters.syntax;

/** Leaves the parser or the typing of one comparison; never leaves this package. */
final class SyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    SyntaxException(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
