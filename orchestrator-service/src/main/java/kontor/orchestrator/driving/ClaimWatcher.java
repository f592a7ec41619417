package kontor.orchestrator.driving;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
 * Reads the session log on a thread of its own for a {@link ClaimWatch}, off the packet path, and
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
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile @Nullable CompletableFuture<Void> asked;
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

    /**
     * Blocks until all is read that the log has now, or a higher claim is.
     *
     * @throws KafkaException if the watcher has failed, so that this will never be known
     */
    void awaitRead() throws InterruptedException {
        CompletableFuture<Void> wanted = new CompletableFuture<>();
        asked = wanted;
        try {
            CompletableFuture.anyOf(wanted, ended).get();
        } catch (ExecutionException e) {
            throw new KafkaException("the session log cannot be watched", e.getCause());
        }
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
                    @Nullable CompletableFuture<Void> wanted = asked;
                    long end = wanted == null ? -1 : own.end();
                    own.poll(POLL, watch::concerns, this);
                    if (wanted != null && own.position() >= end) {
                        asked = null;
                        boolean _ = wanted.complete(null);
                    }
                    watch.confirmed(acknowledged).ifPresent(checkpoints::write);
                } catch (HaltException e) {
                    LOG.error("Unreadable record in the session log; skipping it", e);
                }
            }
        } catch (WakeupException e) {
            LOG.debug("woken to end", e);
        } catch (KafkaException e) {
            LOG.error(
                    "Claim watcher failed; no checkpoints are written and other claims are noticed"
                            + " only by their epochs until this owner starts again",
                    e);
            boolean _ = ended.completeExceptionally(e);
        } finally {
            reader = null;
            boolean _ = ended.complete(null);
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
