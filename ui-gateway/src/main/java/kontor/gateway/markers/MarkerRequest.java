package kontor.gateway.markers;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A moment to be marked. */
record MarkerRequest(
        @Schema(description = "1 to 200 characters", example = "built a fisher's hut")
                @Nullable String label,
        @Schema(description = "session sequence; the newest if left out", example = "4711")
                @Nullable Long sequence) {}
