package kontor.launcher.stack;

import java.io.Serial;

/** A stack, or a process of it, did not become ready; the message says which and why. */
public final class StackFailedException extends Exception {

    @Serial private static final long serialVersionUID = 1;

    public StackFailedException(String message) {
        super(message);
    }
}
