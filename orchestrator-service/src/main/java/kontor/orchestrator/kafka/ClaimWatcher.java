package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.function.Supplier;
import kontor.orchestrator.ownership.LogRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on reading the session log beside its owner, notices a higher claim, and confirms what a
 * checkpoint says. Off the packets' way, and in no hurry: what the owner writes behind a claim that
 * was not noticed is void by its epoch.
 */
final class ClaimWatcher implements SessionLogReader.Sink, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimWatcher.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Supplier<SessionLogReader> makeReader;
    private final long ownEpoch;
    private final Runnable onClaim;
    private final CheckpointWriter checkpoints;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable SessionLogReader reader;
    private volatile LogRecord.@Nullable Claim seen;

    /**
     * @param makeReader makes one that is positioned behind the own claim
     * @param onClaim called once, by the watcher's thread
     * @param checkpoints taken over: written, and closed, by the watcher's thread
     */
    ClaimWatcher(
            Supplier<SessionLogReader> makeReader,
            int partition,
            long ownEpoch,
            Runnable onClaim,
            CheckpointWriter checkpoints) {
        this.checkpoints = checkpoints;
        this.makeReader = makeReader;
        this.ownEpoch = ownEpoch;
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

    /**
     * @throws DisplacedException once a higher claim has been read
     */
    void requireOwnership() {
        LogRecord.@Nullable Claim claim = seen;
        if (claim != null) {
            throw new DisplacedException(claim.ownerId(), claim.epoch());
        }
    }

    private void watch() {
        try (checkpoints;
                SessionLogReader own = makeReader.get()) {
            reader = own;
            while (!closed && seen == null) {
                try {
                    own.poll(POLL, this);
                    checkpoints.write();
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
        if (record instanceof LogRecord.Claim claim && claim.epoch() > ownEpoch && seen == null) {
            seen = claim;
            onClaim.run();
        } else if (seen == null) {
            checkpoints.onLog(record, offset);
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
