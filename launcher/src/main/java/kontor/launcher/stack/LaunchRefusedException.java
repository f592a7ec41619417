package kontor.launcher.stack;

import java.io.Serial;

/** A stack was not started, and nothing of it. */
public final class LaunchRefusedException extends Exception {

    @Serial private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    LaunchRefusedException(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
