package kontor.orchestrator.ownership;

import kontor.orchestrator.sequencer.SessionEvent;

/** A record of {@code kontor.session-events}. */
public sealed interface LogRecord {

    /** Which owner wrote it. */
    long epoch();

    /**
     * A new owner takes the partition over.
     *
     * @param ownerId names one life of one owner
     */
    record Claim(String ownerId, long epoch, long claimedAtMicros) implements LogRecord {}

    /**
     * The owner has finished: all that it wrote before is acknowledged, its commands too, and
     * nothing of its epoch follows.
     *
     * @param ownerId as in its claim
     * @param successorId the process that shall take over; empty: any
     */
    record Release(String ownerId, long epoch, String successorId) implements LogRecord {}

    /** Something happened in a lab. */
    record Entry(SessionEvent event) implements LogRecord {

        @Override
        public long epoch() {
            return event.stamp().ownerEpoch();
        }
    }
}
