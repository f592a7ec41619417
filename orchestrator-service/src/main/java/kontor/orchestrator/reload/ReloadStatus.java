package kontor.orchestrator.reload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a phase of a reload began: a record of {@code kontor.control}.
 *
 * @param service as requested; a known one unless the reload was refused
 * @param deadlineMicros when the phase counts as failed; 0 in a final one
 * @param detail for a person
 * @param before the process that is replaced; null where none was known
 * @param after its successor, once known
 * @param timings in a final phase: what preceded, in order
 * @param ownerEpoch of who wrote it
 */
public record ReloadStatus(
        ReloadId id,
        String service,
        boolean freeze,
        Phase phase,
        long sinceMicros,
        long deadlineMicros,
        String detail,
        @Nullable ProcessId before,
        @Nullable ProcessId after,
        List<Timing> timings,
        long ownerEpoch) {

    public ReloadStatus {
        timings = List.copyOf(timings);
    }

    /** How long a phase took. */
    public record Timing(Phase phase, long tookMicros) {}
}
