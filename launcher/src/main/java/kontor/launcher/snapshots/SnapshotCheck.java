package kontor.launcher.snapshots;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What this machine's CRIU says of itself. */
public final class SnapshotCheck {

    /** What was found. */
    public sealed interface Finding {

        /** {@code criu check} passed. */
        record Able() implements Finding {}

        /**
         * It cannot.
         *
         * @param reason as a sentence without its end
         */
        record Unable(String reason) implements Finding {}
    }

    private static final String VARIABLE = "KONTOR_CRIU";

    private SnapshotCheck() {}

    /** Where CRIU is: what {@code KONTOR_CRIU} says, or wherever programs are. */
    public static String program() {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .filter(value -> !value.isBlank())
                .orElse("criu");
    }

    /**
     * Runs {@code criu check}; blocks until it has ended.
     *
     * @param program criu, or where it is
     */
    public static Finding run(String program) throws InterruptedException {
        try {
            Process check =
                    new ProcessBuilder(List.of(program, "check")).redirectErrorStream(true).start();
            check.getOutputStream().close();
            String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = check.waitFor();
            return status == 0
                    ? new Finding.Able()
                    : new Finding.Unable(
                            "'criu check' fails here (exit status %d): %s"
                                    .formatted(status, lastLine(said)));
        } catch (IOException e) {
            return new Finding.Unable(
                    "criu is not installed (4.2 or newer is needed; Debian 12 has 3.17, which fails"
                            + " on new kernels)");
        }
    }

    private static String lastLine(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((_, last) -> last)
                .orElse("it says nothing");
    }
}
