package kontor.gateway.freezes;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/** A freeze by hand that was asked for. */
public record FreezeAccepted(
        @Schema(description = "as 'freezeId' of the instances that stand still") UUID freezeId,
        @Schema(example = "default") String lab,
        @Schema(description = "at most: then the games go on by themselves", example = "30")
                int seconds) {}
