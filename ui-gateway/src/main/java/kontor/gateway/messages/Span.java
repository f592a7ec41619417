package kontor.gateway.messages;

import io.swagger.v3.oas.annotations.media.Schema;

/** A piece of a message, in the payload of one session event. */
public record Span(
        @Schema(example = "42") long sequence,
        @Schema(description = "in the payload", example = "0") int offset,
        @Schema(example = "52") int length) {}
