package kontor.gateway.state;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A value of the game's state, as its newest change left it. */
@Schema(description = "A value of the game, as the message left it that changed it last.")
public record StateValue(
        @Schema(description = "names it within its session", example = "0349281E/stock/0/0/14")
                String path,
        @Schema(
                        description =
                                "name, place, focus, money, stock, tax, inhabitants; value: nobody"
                                        + " knows what it is",
                        example = "stock")
                String kind,
        @Schema(description = "for a person", example = "food") String label,
        @Schema(description = "player whose game said it", example = "0x0349281E") String player,
        @Schema(description = "absent for a text", example = "958") @Nullable Long number,
        @Schema(example = "29 30/32 t") String display,
        @Schema(example = "1/32 t") @Nullable String unit,
        @Schema(description = "verified, likely, guess", example = "verified") String certainty,
        @Schema(description = "event with the message that changed it", example = "120")
                long sequence,
        @Schema(description = "of the message in that event", example = "0") int index,
        @Schema(description = "absent while the journal is behind") @Nullable Instant at,
        @Schema(description = "the number before; absent for none", example = "954")
                @Nullable Long previous) {}
