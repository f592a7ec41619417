package kontor.sandbox;

/** The code of a user has gone beyond its bounds. Without a stack trace: it may come often. */
public final class BudgetExceededError extends Error {

    private static final long serialVersionUID = 1L;

    BudgetExceededError(String message) {
        super(message, null, false, false);
    }
}
