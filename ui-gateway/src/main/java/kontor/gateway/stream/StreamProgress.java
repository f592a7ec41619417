package kontor.gateway.stream;

import io.swagger.v3.oas.annotations.media.Schema;

/** How far a filtered stream has come where there was nothing to send. */
public record StreamProgress(
        @Schema(description = "the newest event that was looked at", example = "42")
                long through) {}
