package kontor.gateway.snapshots;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A launcher's word on the snapshots of a lab.
 *
 * @param refusal why none can be taken or restored; null if they can
 * @param outcome what became of a request; null if it is not about one
 */
public record SnapshotReport(
        String lab,
        Instant saidAt,
        @Nullable String refusal,
        List<SnapshotSummary> snapshots,
        @Nullable Outcome outcome) {

    /** What became of a request. */
    public record Outcome(
            UUID request, SnapshotState state, @Nullable String detail, @Nullable String session) {}

    public SnapshotReport {
        snapshots = List.copyOf(snapshots);
    }
}
