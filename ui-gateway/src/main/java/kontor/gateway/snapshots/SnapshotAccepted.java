package kontor.gateway.snapshots;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/** A snapshot that was asked to be taken or restored. */
public record SnapshotAccepted(
        @Schema(description = "of the act in the list of snapshots that says what became of it")
                UUID id,
        @Schema(example = "default") String lab,
        SnapshotKind kind,
        @Schema(example = "menu") String name) {}
