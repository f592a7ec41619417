package kontor.adapter.game;

/** A listening socket could not be made; the message names address, port and reason. */
public final class ListenException extends Exception {

    private static final long serialVersionUID = 1L;

    ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
