package kontor.launcher.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether AOT caches are trained in the background. */
final class TrainingOption {

    @Option(
            names = "--training",
            paramLabel = "on|off",
            description = {
                "If the build has no AOT caches yet, train them in the background while the machine"
                        + " is idle and no games play.",
                "Default: on, or KONTOR_TRAINING."
            })
    private @Nullable String training;

    boolean wanted() {
        return orByEnvironment(training);
    }

    /**
     * @param option null where it was not given
     */
    static boolean orByEnvironment(@Nullable String option) {
        return wanted(option == null ? System.getenv("KONTOR_TRAINING") : option);
    }

    /**
     * @throws IllegalArgumentException if the word is neither of the two
     */
    static boolean wanted(@Nullable String word) {
        if (word == null || word.isBlank()) {
            return true;
        }
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "--training is on or off, not '%s'".formatted(word));
        };
    }
}
