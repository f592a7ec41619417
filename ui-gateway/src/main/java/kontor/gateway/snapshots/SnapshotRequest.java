package kontor.gateway.snapshots;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A snapshot that is to be taken. */
public record SnapshotRequest(
        @Schema(description = "letters a to z, digits and '-', 63 at most", example = "menu")
                @Nullable String name,
        @Schema(description = "may be left out where there is only one lab", example = "default")
                @Nullable String lab) {}
