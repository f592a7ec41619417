package kontor.adapter.freezer;

/** A game does not stop, or does not go on; the message says why, for a person. */
public final class FreezeException extends Exception {

    private static final long serialVersionUID = 1L;

    FreezeException(String message) {
        super(message);
    }

    FreezeException(String message, Throwable cause) {
        super(message, cause);
    }
}
