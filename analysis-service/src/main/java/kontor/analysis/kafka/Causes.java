package kontor.analysis.kafka;

import org.jspecify.annotations.Nullable;

/** What is at the bottom of a failure, for a log line. */
final class Causes {

    private static final int DEEPEST = 20;

    private Causes() {}

    static String rootOf(Throwable failure) {
        Throwable root = failure;
        for (int i = 0; i < DEEPEST; i++) {
            @Nullable Throwable cause = root.getCause();
            if (cause == null) {
                break;
            }
            root = cause;
        }
        String first = failure.getClass().getSimpleName();
        return root == failure
                ? first + ": " + root.getMessage()
                : first + ": " + root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
