package kontor.gateway.rules;

import io.swagger.v3.oas.annotations.media.Schema;

/** What would be passed on. */
public record HeldPreview(
        @Schema(description = "as hexadecimal digits") String bytes,
        @Schema(description = "whether it is something else than what waits") boolean edited) {}
