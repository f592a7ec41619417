package kontor.launcher.process;

import java.io.Serial;

/** What a process needs could not be made; the message says what and why. */
public final class PreparationException extends Exception {

    @Serial private static final long serialVersionUID = 1;

    public PreparationException(String message) {
        super(message);
    }
}
