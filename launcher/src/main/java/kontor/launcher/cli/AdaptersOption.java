package kontor.launcher.cli;

import java.util.Locale;
import kontor.launcher.plan.AdaptersPlace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the adapters run. */
final class AdaptersOption {

    @Option(
            names = "--adapters",
            paramLabel = "apart|together",
            description = {
                "Adapters of this machine's games: a process each (apart), or one for all"
                        + " (together), which takes less memory and processor time; if it dies, all"
                        + " games lose their connections.",
                "Default: apart, or KONTOR_ADAPTERS."
            })
    private @Nullable String adapters;

    AdaptersPlace wanted() {
        return wanted(adapters == null ? System.getenv("KONTOR_ADAPTERS") : adapters);
    }

    /**
     * @throws IllegalArgumentException if the word is neither of the two
     */
    static AdaptersPlace wanted(@Nullable String word) {
        if (word == null || word.isBlank()) {
            return AdaptersPlace.APART;
        }
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "apart" -> AdaptersPlace.APART;
            case "together" -> AdaptersPlace.TOGETHER;
            default ->
                    throw new IllegalArgumentException(
                            "--adapters is apart or together, not '%s'".formatted(word));
        };
    }
}
