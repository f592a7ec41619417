package kontor.gateway.injections;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How an injection gets on. */
public record InjectionSummary(
        @Schema(description = "in detail.injectionId of its events") UUID id,
        UUID session,
        @Schema(description = "running, finished, cancelled, failed", example = "finished")
                String state,
        @Schema(description = "packets that the log has", example = "3") long sent,
        @Schema(description = "packets in all", example = "3") long total,
        @Schema(description = "why it failed; else absent") @Nullable String problem) {}
