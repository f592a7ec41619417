package kontor.journal;

/** The log cannot be journalled any further without a person. Its message is for that person. */
final class JournalHaltedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JournalHaltedException(String message) {
        super(message);
    }

    JournalHaltedException(String message, Throwable cause) {
        super(message, cause);
    }
}
