package kontor.gateway.sampling;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which messages an answer was made of. */
@Schema(description = "Which messages the answer was made of.")
public record Sample(
        @Schema(description = "event of the first one; absent for none", example = "17")
                @Nullable Long first,
        @Schema(description = "event of the last one; absent for none", example = "50211")
                @Nullable Long last,
        @Schema(example = "20000") long messages,
        @Schema(
                        description =
                                "whether these are all messages that were asked for; if not, more"
                                        + " of them are older than the first (or, with 'after',"
                                        + " newer than the last)")
                boolean complete) {}
