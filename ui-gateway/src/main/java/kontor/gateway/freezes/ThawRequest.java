package kontor.gateway.freezes;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which freeze is to end. */
public record ThawRequest(
        @Schema(
                        description =
                                "as the freeze was answered; if left out, the one that holds games"
                                        + " of the lab, by their adapters' own words")
                @Nullable UUID freezeId) {}
