package kontor.journal.ledger;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One record of the session log, read.
 *
 * @param ownerEpoch who wrote it
 * @param event its row; null where it belongs to no session (a claim; a run that starts between two
 *     sessions)
 * @param flow the flow it belongs to; null without one
 */
public record LogEntry(
        int partition,
        long offset,
        String lab,
        long ownerEpoch,
        @Nullable EventRow event,
        List<DeliveryRow> deliveries,
        @Nullable FlowRow flow,
        What what) {

    public LogEntry {
        deliveries = List.copyOf(deliveries);
    }

    /** What an entry does to the tables besides its own row. */
    public sealed interface What {

        /** A new owner takes the partition over. */
        record OwnerClaim() implements What {}

        /**
         * @param ordinal 1, 2, 3 ... per lab
         */
        record SessionStart(long ordinal) implements What {}

        /**
         * @param reason {@code requested}, {@code idle}
         */
        record SessionEnd(String reason) implements What {}

        record RunStart(RunRow run) implements What {}

        record RunStop(UUID run, String instance, long atMicros) implements What {}

        /** One side of the entry's flow ended its output. */
        record HalfClose() implements What {}

        /**
         * The entry's flow is over.
         *
         * @param reason {@code reset}, {@code refused}, {@code timed_out}, {@code unreachable}
         */
        record FlowEnd(String reason) implements What {}

        /** Nothing. */
        record Nothing() implements What {}
    }
}
