package kontor.launcher.cli;

import java.util.Locale;
import kontor.launcher.plan.JournalPlace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the journal is kept. */
final class JournalOption {

    @Option(
            names = "--journal",
            paramLabel = "hosted|own",
            description = {
                "Process that writes session events to PostgreSQL: the orchestrator's (hosted), or"
                        + " one of its own (own; 230 MB) that shares no memory with the relay.",
                "Default: hosted, or KONTOR_JOURNAL."
            })
    private @Nullable String journal;

    JournalPlace wanted() {
        return wanted(journal == null ? System.getenv("KONTOR_JOURNAL") : journal);
    }

    /**
     * @throws IllegalArgumentException if the word is neither of the two
     */
    static JournalPlace wanted(@Nullable String word) {
        if (word == null || word.isBlank()) {
            return JournalPlace.HOSTED;
        }
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "hosted" -> JournalPlace.HOSTED;
            case "own" -> JournalPlace.OWN;
            default ->
                    throw new IllegalArgumentException(
                            "--journal is hosted or own, not '%s'".formatted(word));
        };
    }
}
