package kontor.gateway.freezes;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/** The freezes whose end was asked for. */
public record ThawAccepted(
        @Schema(example = "default") String lab,
        @Schema(description = "one, unless somebody froze games anew meanwhile")
                List<UUID> freezeIds) {

    public ThawAccepted {
        freezeIds = List.copyOf(freezeIds);
    }
}
