package kontor.gateway.pictures;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** What the screen of a game looked like. */
record Picture(
        @Schema(example = "game1") String instance,
        @Schema(description = "the newest session event when it was taken", example = "812")
                long sequence,
        Instant takenAt,
        @Schema(
                        description = "where the picture (PNG) is",
                        example = "/api/sessions/…/screens/game1/812-1795936310065000.png")
                String picture) {}
