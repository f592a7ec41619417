package kontor.adapter.run;

/**
 * The adapter cannot start for a reason that a person can mend; the message is for that person. Not
 * with an exit code of its own: Boot asks all beans for theirs then, and prints why it cannot.
 */
final class AdapterStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AdapterStartException(String message) {
        super(message);
    }

    AdapterStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
