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
                "Where session events are written to PostgreSQL: hosted by the orchestrator's"
                        + " process, or own, a process that the relay does not share memory and"
                        + " processor time with. 200 MB.",
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
