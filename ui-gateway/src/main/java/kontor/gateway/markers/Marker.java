package kontor.gateway.markers;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** A moment of a session that somebody gave a label. */
public record Marker(
        UUID id,
        @Schema(description = "session sequence that was newest then", example = "4711")
                long sequence,
        @Schema(example = "built a fisher's hut") String label,
        Instant createdAt) {}
