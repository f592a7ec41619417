package kontor.gateway.access;

import java.io.Serial;

/** The gateway may not start as it is set up; says what is wrong and what to do about it. */
public final class AccessRefusedException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    private final String action;

    public AccessRefusedException(String description, String action) {
        super(description);
        this.action = action;
    }

    public String action() {
        return action;
    }
}
