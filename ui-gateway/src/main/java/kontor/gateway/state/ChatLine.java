package kontor.gateway.state;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of the game's chat. */
@Schema(description = "A line of the game's chat.")
public record ChatLine(
        @Schema(example = "88") long sequence,
        @Schema(description = "of the message in that event", example = "0") int index,
        @Schema(description = "absent while the journal is behind") @Nullable Instant at,
        @Schema(description = "player whose game sent it", example = "0x0349281E") String sender,
        @Schema(description = "place of the writer, as the message says", example = "2")
                @Nullable Long from,
        @Schema(description = "place of the reader; 255: everybody", example = "255")
                @Nullable Long to,
        String text) {}
