package kontor.orchestrator.kafka;

import kontor.orchestrator.ownership.LogRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on reading the session log beside its owner and notices a higher claim. Off the packets'
 * way, and in no hurry: what the owner writes in the meantime is void by its epoch.
 */
final class ClaimWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimWatcher.class);

    private final SessionLogReader reader;
    private final long ownEpoch;
    private final Runnable onClaim;
    private final Thread thread;
    private volatile boolean closed;
    private volatile LogRecord.@Nullable Claim seen;

    /**
     * @param reader positioned behind the own claim; taken over
     * @param onClaim called once, by the watcher's thread
     */
    ClaimWatcher(SessionLogReader reader, int partition, long ownEpoch, Runnable onClaim) {
        this.reader = reader;
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
        try (reader) {
            while (!closed && seen == null) {
                try {
                    reader.poll(this::look);
                } catch (HaltException e) {
                    LOG.error("Somebody wrote what does not belong into the session log", e);
                }
            }
        } catch (WakeupException e) {
            LOG.debug("woken to end", e);
        } catch (KafkaException e) {
            LOG.error("No longer watching for other owners' claims; epochs still fence", e);
        }
    }

    private void look(LogRecord record) {
        if (record instanceof LogRecord.Claim claim && claim.epoch() > ownEpoch && seen == null) {
            seen = claim;
            onClaim.run();
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.wakeUp();
    }
}
