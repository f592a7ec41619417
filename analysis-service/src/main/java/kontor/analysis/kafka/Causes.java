package kontor.analysis.kafka;

/** What is at the bottom of a failure, for a log line. */
final class Causes {

    private static final int DEEPEST = 20;

    private Causes() {}

    static String rootOf(Throwable failure) {
        String text = failure.getClass().getSimpleName();
        Throwable deepest = failure;
        for (int i = 0; i < DEEPEST; i++) {
            Throwable cause = deepest.getCause();
            if (cause == null) {
                break;
            }
            deepest = cause;
        }
        String last = deepest.getClass().getSimpleName();
        return (last.equals(text) ? text : text + ": " + last) + ": " + deepest.getMessage();
    }
}
