package kontor.adapter.run;

import org.springframework.boot.ExitCodeGenerator;

/** The adapter cannot start for a reason that a person can mend; the message is for that person. */
final class AdapterStartException extends RuntimeException implements ExitCodeGenerator {

    private static final long serialVersionUID = 1L;

    AdapterStartException(String message) {
        super(message);
    }

    AdapterStartException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public int getExitCode() {
        return 1;
    }
}
