package kontor.gateway.injections;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How an injection gets on. */
public record InjectionSummary(
        @Schema(description = "in detail.injectionId of its events") UUID id,
        UUID session,
        @Schema(description = "the instance that seems to send it", example = "game1") String from,
        @Schema(
                        description =
                                "running, finished, cancelled (also by the session's end), failed",
                        example = "finished")
                String state,
        @Schema(description = "packets that the log has", example = "3") long sent,
        @Schema(description = "packets in all", example = "3") long total,
        @Schema(description = "why it ended early, or what could not be answered; else absent")
                @Nullable String problem) {}
