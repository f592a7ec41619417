package kontor.gateway.reloads;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A reload, as far as it is. */
public record ReloadSummary(
        UUID id,
        @Schema(example = "default") String lab,
        @Schema(example = "orchestrator-service") String service,
        @Schema(description = "whether the games stand still meanwhile") boolean freeze,
        @Schema(
                        description = "how far it is; requested: no orchestrator has answered yet",
                        example = "completed")
                ReloadPhase phase,
        @Schema(description = "completed or failed: nothing follows") boolean finished,
        @Schema(description = "when this phase began") Instant since,
        @Schema(description = "when this phase counts as failed; absent where it does not")
                @Nullable Instant deadline,
        @Schema(
                        description = "what was found, or why it failed",
                        example = "continuity clean: 812 events")
                @Nullable String result,
        @Schema(description = "the process that is replaced; absent where none was known")
                @Nullable String processBefore,
        @Schema(description = "its successor, once known") @Nullable String processAfter,
        @Schema(description = "the phases that have passed, in order") List<PhaseTiming> phases) {

    public ReloadSummary {
        phases = List.copyOf(phases);
    }

    /** How long a phase took. */
    public record PhaseTiming(
            @Schema(example = "handing_over") ReloadPhase phase,
            @Schema(example = "184000") long tookMicros) {}
}
