package kontor.orchestrator.driving;

import java.time.Duration;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import kontor.orchestrator.kafka.CheckpointWriter;
import kontor.orchestrator.kafka.HaltException;
import kontor.orchestrator.kafka.SessionLogReader;
import kontor.orchestrator.ownership.ClaimWatch;
import kontor.orchestrator.ownership.LogRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the session log on a thread of its own for a {@link ClaimWatch}, off the packets' way, and
 * writes the checkpoints that it confirms.
 */
final class ClaimWatcher implements SessionLogReader.Sink, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimWatcher.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Supplier<SessionLogReader> makeReader;
    private final ClaimWatch watch;
    private final LongPredicate acknowledged;
    private final Runnable onClaim;
    private final CheckpointWriter checkpoints;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable SessionLogReader reader;
    private volatile LogRecord.@Nullable Claim seen;

    /**
     * @param makeReader makes one that is positioned behind the own claim
     * @param watch taken over by the watcher's thread
     * @param acknowledged whether the broker has so many of the first records that were sent
     * @param onClaim called once, by the watcher's thread
     * @param checkpoints taken over: written, and closed, by the watcher's thread
     */
    ClaimWatcher(
            Supplier<SessionLogReader> makeReader,
            int partition,
            ClaimWatch watch,
            LongPredicate acknowledged,
            Runnable onClaim,
            CheckpointWriter checkpoints) {
        this.checkpoints = checkpoints;
        this.makeReader = makeReader;
        this.watch = watch;
        this.acknowledged = acknowledged;
        this.onClaim = onClaim;
        this.thread =
                Thread.ofPlatform()
                        .name("kontor-claim-watcher-" + partition)
                        .daemon()
                        .unstarted(this::watch);
    }

    void start() {
        thread.start();
    }

    /** The claim that displaced the owner; null as long as none has been read. */
    LogRecord.@Nullable Claim seen() {
        return seen;
    }

    private void watch() {
        try (checkpoints;
                SessionLogReader own = makeReader.get()) {
            reader = own;
            while (!closed && seen == null) {
                try {
                    own.poll(POLL, this);
                    watch.confirmed(acknowledged).ifPresent(checkpoints::write);
                } catch (HaltException e) {
                    LOG.error("Somebody wrote what does not belong into the session log", e);
                }
            }
        } catch (WakeupException e) {
            LOG.debug("woken to end", e);
        } catch (KafkaException e) {
            LOG.error("No longer watching for other owners' claims; epochs still fence", e);
        } finally {
            reader = null;
        }
    }

    @Override
    public void log(LogRecord record, long offset) {
        if (watch.on(record, offset)) {
            seen = (LogRecord.Claim) record;
            onClaim.run();
        }
    }

    @Override
    public void close() {
        closed = true;
        @Nullable SessionLogReader own = reader;
        if (own != null) {
            own.wakeUp();
        }
    }
}
