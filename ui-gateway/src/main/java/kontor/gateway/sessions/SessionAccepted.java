package kontor.gateway.sessions;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/** A request that was passed on to the orchestrator. */
public record SessionAccepted(
        @Schema(description = "the session, which may take a moment to appear") UUID id,
        @Schema(example = "default") String lab) {}
