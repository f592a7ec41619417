package kontor.adapter.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import kontor.adapter.spool.SpoolPositions.Chore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what a spool leaves for later, on a thread of its own: tries a disk that refused, forces
 * what was written to the disk, notes what was acknowledged and deletes what is no longer needed.
 */
final class SpoolTender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SpoolTender.class);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final Duration forceInterval;
    private final SegmentWriter writer;
    private final SpoolDirectory directory;
    private final Tended spool;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "kontor-spool-1"));

    // Only on the tending thread:
    private long forcedNanos = System.nanoTime();
    private boolean untended;

    /** The spool, as far as it is tended. */
    interface Tended {

        /** Gives the disk what it refused, if there is any; nothing changes if it refuses again. */
        void mend();

        /**
         * What is to be done on the disk, in this order.
         *
         * @param atTheEnd whether nothing more is written
         */
        List<Chore> chores(boolean atTheEnd);

        /** The disk says that the broker has all before {@code position}. */
        void noted(long position);
    }

    /**
     * @param forceInterval how often what was written is forced to the disk; zero: never
     */
    SpoolTender(
            Duration forceInterval, SegmentWriter writer, SpoolDirectory directory, Tended spool) {
        this.forceInterval = forceInterval;
        this.writer = writer;
        this.directory = directory;
        this.spool = spool;
    }

    // The future has nothing to say: the task catches what can be mended.
    @SuppressWarnings("FutureReturnValueIgnored")
    void start() {
        thread.scheduleWithFixedDelay(
                this::tend, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Done again and again by the thread; by another only while that is not running. */
    void tend() {
        try {
            spool.mend();
            boolean force =
                    forceInterval.isPositive()
                            && System.nanoTime() - forcedNanos >= forceInterval.toNanos();
            writer.settle(force);
            if (force) {
                forcedNanos = System.nanoTime();
            }
            perform(spool.chores(false));
            if (untended) {
                untended = false;
                log.info("Spool {}: notes and deletions succeed again", directory.path());
            }
        } catch (IOException e) {
            if (!untended) {
                untended = true;
                log.warn(
                        "Spool {}: what was acknowledged could not be noted or deleted ({}); trying"
                                + " again every {} ms",
                        directory.path(),
                        e.toString(),
                        INTERVAL.toMillis());
            }
        } catch (RuntimeException e) {
            log.error(
                    "Spool {}: unexpected error while tending it (bug); trying again",
                    directory.path(),
                    e);
        }
    }

    private void perform(List<Chore> chores) throws IOException {
        for (Chore chore : chores) {
            switch (chore) {
                case Chore.Note(long acknowledged) -> {
                    directory.note(acknowledged);
                    spool.noted(acknowledged);
                }
                case Chore.Delete(long base) -> directory.delete(base);
            }
        }
    }

    /** Stops the thread, and tends a last time. */
    @Override
    public void close() {
        thread.close();
        tend();
    }

    /** Leaves the disk as the next life wants it; nothing is written after this. */
    void finish() throws IOException {
        writer.settle(forceInterval.isPositive());
        perform(spool.chores(true));
    }
}
