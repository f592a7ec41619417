package kontor.gateway.reloads;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kontor.gateway.reloads.ReloadSummary.PhaseTiming;
import org.jspecify.annotations.Nullable;

/**
 * A request for a reload, or the record of a phase of one; see ReloadStatus in control_event.proto.
 *
 * @param partition in which it was said
 * @param ownerEpoch of who wrote it; 0 for a request
 * @param timings in a final phase only
 */
public record ReloadWord(
        UUID id,
        String lab,
        String service,
        boolean freeze,
        ReloadPhase phase,
        Instant since,
        @Nullable Instant deadline,
        @Nullable String detail,
        @Nullable String processBefore,
        @Nullable String processAfter,
        List<PhaseTiming> timings,
        int partition,
        long ownerEpoch) {

    public ReloadWord {
        timings = List.copyOf(timings);
    }
}
