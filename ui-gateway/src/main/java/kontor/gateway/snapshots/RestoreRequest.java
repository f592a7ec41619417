package kontor.gateway.snapshots;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Whose snapshot is to be restored. */
public record RestoreRequest(
        @Schema(description = "may be left out where there is only one lab", example = "default")
                @Nullable String lab) {}
