package kontor.gateway.reloads;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/** A request for a reload that was passed on to the orchestrator. */
public record ReloadAccepted(
        @Schema(description = "the reload, to be looked up") UUID id,
        @Schema(example = "default") String lab,
        @Schema(example = "analysis-service") String service,
        boolean freeze) {}
