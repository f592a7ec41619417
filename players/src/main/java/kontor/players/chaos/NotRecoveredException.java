package kontor.players.chaos;

/** A process did not do what it was asked to, or is not ready again; the message says which. */
public final class NotRecoveredException extends Exception {

    private static final long serialVersionUID = 1L;

    public NotRecoveredException(String message) {
        super(message);
    }
}
