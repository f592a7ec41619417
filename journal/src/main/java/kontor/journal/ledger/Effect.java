package kontor.journal.ledger;

import java.util.List;
import java.util.UUID;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;

/** What follows from a log entry: rows to write, in this order, or something to be noticed. */
public sealed interface Effect {

    /** Changes tables. */
    sealed interface Write extends Effect {}

    /** Tells that the log, or a payload in it, is not as it should be, or repeats itself. */
    sealed interface Notice extends Effect {}

    /**
     * A session's row.
     *
     * @param ordinal null where its beginning was never read
     */
    record StartSession(SessionId session, String lab, @Nullable Long ordinal, long startedAtMicros)
            implements Write {}

    record EndSession(SessionId session, long endedAtMicros, String reason) implements Write {}

    /** A run's row; it may be there already. */
    record StartRun(RunRow row) implements Write {}

    record StopRun(UUID run, long stoppedAtMicros) implements Write {}

    record WriteEvent(EventRow row, List<DeliveryRow> deliveries) implements Write {}

    record OpenFlow(FlowRow row, long firstSequence) implements Write {}

    /**
     * @param byOpener which side ended its output
     */
    record HalfCloseFlow(SessionId session, int flow, boolean byOpener, long sequence)
            implements Write {}

    record EndFlow(SessionId session, int flow, long sequence, String reason) implements Write {}

    /** Session sequences are missing before {@code found}; it is written anyway. */
    record SequenceGap(SessionId session, long expected, long found) implements Notice {}

    /** The payload is not what the adapter's checksum says; it is written anyway. */
    record ChecksumMismatch(SessionId session, long sequence, long said, long actual)
            implements Notice {}

    /** An older owner wrote behind a claim; nothing is written. */
    record VoidEntry(int partition, long offset, long ownerEpoch, long claimedEpoch)
            implements Notice {}

    /**
     * The claim of this entry's epoch was deleted or unreadable. The entry is written; what was
     * written since {@code epochBefore} may have stood behind that claim, and stays.
     */
    record UnreadClaim(int partition, long offset, long ownerEpoch, long epochBefore)
            implements Notice {}

    /** Journalled before; nothing is written. */
    record RepeatedEntry(int partition, long offset) implements Notice {}
}
