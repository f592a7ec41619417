package kontor.gateway.runs;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/** A request for a run that was passed on to analysis. */
public record RunAccepted(
        @Schema(description = "the run, to be looked up") UUID id, UUID session) {}
