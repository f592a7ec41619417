package kontor.launcher.cli;

import java.util.Locale;
import kontor.launcher.plan.AdaptersPlace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the adapters run. */
final class AdaptersOption {

    @Option(
            names = "--adapters",
            paramLabel = "apart|together|auto",
            description = {
                "Adapters of this machine's games: a process each (apart), or one for all"
                        + " (together), which takes less memory and processor time; if it dies, all"
                        + " games lose their connections.",
                "Default: auto (together on one or two processors, but not with --netns), or"
                        + " KONTOR_ADAPTERS."
            })
    private @Nullable String adapters;

    /**
     * @param usual what {@code auto} is here
     */
    AdaptersPlace wanted(AdaptersPlace usual) {
        return wanted(adapters == null ? System.getenv("KONTOR_ADAPTERS") : adapters, usual);
    }

    /**
     * @throws IllegalArgumentException if the word is none of the three
     */
    static AdaptersPlace wanted(@Nullable String word, AdaptersPlace usual) {
        if (word == null || word.isBlank()) {
            return usual;
        }
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "apart" -> AdaptersPlace.APART;
            case "together" -> AdaptersPlace.TOGETHER;
            case "auto" -> usual;
            default ->
                    throw new IllegalArgumentException(
                            "--adapters is apart, together or auto, not '%s'".formatted(word));
        };
    }
}
