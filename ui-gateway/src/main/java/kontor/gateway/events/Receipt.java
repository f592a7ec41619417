package kontor.gateway.events;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An adapter's word on a command. */
public record Receipt(
        @Schema(description = "run of the adapter that speaks") UUID run,
        @Schema(description = "done, failed, stale_run, stale_owner", example = "done")
                String outcome,
        Instant at,
        @Schema(description = "bytes given to the operating system for the game", example = "52")
                long payloadBytes,
        @Schema(description = "why not; absent with done") @Nullable String detail) {}
