package kontor.gateway.analyzers;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A version that is to be used in place of what the file holds. */
public record Promotion(
        @Schema(description = "one of the analyzer's versions", example = "0123456789ab")
                @Nullable String version) {}
