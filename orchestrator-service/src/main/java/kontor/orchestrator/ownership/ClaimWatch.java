package kontor.orchestrator.ownership;

import java.util.Optional;
import java.util.function.LongPredicate;
import kontor.log.SessionEventHead;

/**
 * Reads the session log beside its owner: notices a higher claim, and confirms what a checkpoint
 * says. In no hurry: what the owner writes behind a claim that was not noticed is void by its
 * epoch.
 *
 * <p>Used by one thread, that may be another than the owner's.
 */
public final class ClaimWatch {

    private final long ownEpoch;
    private final CheckpointDesk desk;
    private boolean displaced;

    ClaimWatch(long ownEpoch, CheckpointDesk desk) {
        this.ownEpoch = ownEpoch;
        this.desk = desk;
    }

    /** Whether {@link #on} has to see the record with this head; it may leave out all others. */
    public boolean concerns(SessionEventHead head) {
        return (head.claim() && head.ownerEpoch() > ownEpoch) || desk.awaits(head);
    }

    /**
     * Takes the next record of the log in that {@linkplain #concerns concerns} it.
     *
     * @return whether this is the first claim that displaces the owner
     */
    public boolean on(LogRecord record, long offset) {
        if (displaced) {
            return false;
        }
        if (record instanceof LogRecord.Claim && record.epoch() > ownEpoch) {
            displaced = true;
            return true;
        }
        desk.onLog(record, offset);
        return false;
    }

    /**
     * Hands out the checkpoint that waits, if it is beyond doubt by now.
     *
     * @param acknowledged whether the broker has so many of the first records that were sent
     */
    public Optional<CheckpointDesk.Confirmed> confirmed(LongPredicate acknowledged) {
        return desk.confirmed(acknowledged);
    }
}
