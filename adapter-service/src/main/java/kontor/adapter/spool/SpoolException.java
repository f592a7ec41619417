package kontor.adapter.spool;

/** The spool's directory cannot be used; the message is for a person who can mend that. */
public final class SpoolException extends Exception {

    private static final long serialVersionUID = 1L;

    SpoolException(String message) {
        super(message);
    }

    SpoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
