package kontor.gateway.runs;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item of the live stream: a run over the stream's session is in another state, or further than
 * it was. Names and meanings are those of {@link RunSummary}.
 */
public record RunNotice(
        UUID id,
        UUID session,
        @Schema(
                        description =
                                "waiting, running, finished, cancelled or failed; deleted: it is no"
                                        + " longer there",
                        example = "running")
                String state,
        @Schema(description = "why it failed, or what was wrong first") @Nullable String problem,
        @Schema(description = "session sequence up to which it is") long lastSequence,
        @Schema(description = "the newest event with a message when it began; 0 before that")
                long total,
        @Schema(description = "found so far") long messages) {}
