package kontor.gateway.snapshots;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A snapshot that somebody wanted taken or restored, and what became of that. */
public record SnapshotAct(
        UUID id,
        SnapshotKind kind,
        @Schema(description = "of the snapshot", example = "menu") String name,
        SnapshotState state,
        Instant askedAt,
        @Schema(description = "why it was refused or failed") @Nullable String detail,
        @Schema(description = "the session that a restore has begun") @Nullable String session) {

    SnapshotAct with(SnapshotState next, @Nullable String why, @Nullable String begun) {
        return new SnapshotAct(id, kind, name, next, askedAt, why, begun);
    }
}
