package kontor.gateway.continuity;

import io.swagger.v3.oas.annotations.media.Schema;

/** One place where something does not hold. */
public record Fault(
        Check check,
        @Schema(description = "session sequence where it shows", example = "42") long sequence,
        @Schema(example = "expected 42, found 43") String detail) {}
