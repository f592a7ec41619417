package kontor.gateway.stream;

import io.swagger.v3.oas.annotations.media.Schema;

/** Sequences that are in the log's order but in no store: a fault, said aloud. */
public record StreamGap(
        @Schema(description = "first missing sequence", example = "40") long from,
        @Schema(description = "last missing sequence", example = "41") long to) {}
