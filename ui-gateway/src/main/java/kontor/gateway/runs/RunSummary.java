package kontor.gateway.runs;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run. */
public record RunSummary(
        UUID id,
        UUID session,
        @Schema(
                        description = "waiting, running, finished, cancelled or failed",
                        example = "running")
                String state,
        @Schema(description = "why it failed, or what was wrong first") @Nullable String problem,
        @Schema(description = "what it works with") List<RunVersion> analyzers,
        Instant requestedAt,
        @Nullable Instant endedAt,
        @Schema(description = "session sequence up to which it is") long lastSequence,
        @Schema(description = "the newest event with a message when it began") long total,
        @Schema(description = "found so far") long messages) {

    public RunSummary {
        analyzers = List.copyOf(analyzers);
    }

    /** An analyzer of a run. */
    public record RunVersion(
            String name,
            String version,
            @Schema(description = "whether a user wrote it") boolean user) {}
}
