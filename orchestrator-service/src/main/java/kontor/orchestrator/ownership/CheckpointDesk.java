package kontor.orchestrator.ownership;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongPredicate;
import kontor.log.SessionEventHead;
import org.jspecify.annotations.Nullable;

/**
 * Decides when an owner takes a checkpoint, and when that is beyond doubt: its last record has been
 * read in the log, with no higher claim before it, and the broker has all that was sent before.
 * What stands before an offset never changes, so it stays true whichever process owns later, and
 * even if it is written late.
 *
 * <p>One thread takes, another confirms. Between them is one place: while a checkpoint waits there,
 * none is taken.
 */
public final class CheckpointDesk {

    private final int events;
    private final long intervalNanos;

    // The taking thread's.
    private int sinceLast;
    private long lastNanos;

    private volatile @Nullable Taken taken;

    /** The confirming thread's; -1: its record was not read. */
    private long readAt = -1;

    /**
     * @param sent how many records were sent before the last one of the checkpoint
     */
    private record Taken(Checkpoint checkpoint, long sent) {}

    /**
     * A checkpoint that may be written.
     *
     * @param offset of its last record
     */
    public record Confirmed(Checkpoint checkpoint, long offset) {}

    /**
     * @param events one is due after so many
     * @param interval or with the first after so long
     */
    public CheckpointDesk(int events, Duration interval, long nowNanos) {
        this.events = events;
        this.intervalNanos = interval.toNanos();
        this.lastNanos = nowNanos;
    }

    /**
     * Taking thread: the log has folded some session events, which are sent next.
     *
     * @param sentBefore how many records will have been sent before the last of them, its commands
     *     among them
     */
    public void onFolded(PartitionLog log, int folded, long sentBefore, long nowNanos) {
        sinceLast += folded;
        boolean due = sinceLast >= events || nowNanos - lastNanos >= intervalNanos;
        if (due && taken == null) {
            log.checkpoint()
                    .ifPresent(checkpoint -> {
                        taken = new Taken(checkpoint, sentBefore);
                        sinceLast = 0;
                        lastNanos = nowNanos;
                    });
        }
    }

    /** Confirming thread: whether the record with this head may be the one that is waited for. */
    boolean awaits(SessionEventHead head) {
        @Nullable Taken waiting = taken;
        return waiting != null && waiting.checkpoint().last().mayBe(head);
    }

    /** Confirming thread: the next record of the log, no higher claim having been before it. */
    public void onLog(LogRecord record, long offset) {
        @Nullable Taken waiting = taken;
        if (waiting != null && waiting.checkpoint().last().isOf(record)) {
            readAt = offset;
        }
    }

    /**
     * Confirming thread: hands out the one that waits, if it is beyond doubt by now.
     *
     * @param acknowledged whether the broker has so many of the first records that were sent
     */
    public Optional<Confirmed> confirmed(LongPredicate acknowledged) {
        @Nullable Taken waiting = taken;
        if (waiting == null || readAt < 0 || !acknowledged.test(waiting.sent())) {
            return Optional.empty();
        }
        Confirmed confirmed = new Confirmed(waiting.checkpoint(), readAt);
        readAt = -1;
        taken = null;
        return Optional.of(confirmed);
    }
}
