package kontor.gateway.runs;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run is to work with. */
public record RunRequest(
        @Schema(
                        description =
                                "users' analyzers that are not to be as they are in use; all others"
                                        + " are. None if left out")
                @Nullable List<Choice> analyzers) {

    public RunRequest {
        analyzers = analyzers == null ? null : List.copyOf(analyzers);
    }

    /** A version by its hash, or a draft by its text. */
    public record Choice(
            @Schema(description = "of the analyzer; not with a draft", example = "unload")
                    @Nullable String name,
            @Schema(
                            description =
                                    "one of the analyzer's versions; neither it nor a draft:"
                                            + " without the analyzer",
                            example = "0123456789ab")
                    @Nullable String version,
            @Schema(description = "of a draft, as in the watched directory", example = "unload.ksy")
                    @Nullable String file,
            @Schema(description = "the draft") @Nullable String source) {}
}
