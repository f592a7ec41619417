package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import kontor.orchestrator.ownership.Checkpoint;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.topics.Records;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a checkpoint of an owned partition now and then, and writes it once it is beyond doubt: its
 * last record has been read in the log, with no higher claim before it, and the broker has all that
 * was sent before. What stands before an offset never changes, so it stays true whoever owns later,
 * and even if it is written late.
 *
 * <p>The relay's thread takes, and copies references only; the thread that reads the log beside it
 * encodes and writes. Between them is one place: while a checkpoint waits there, none is taken. A
 * checkpoint that cannot be written is left out.
 */
final class CheckpointWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointWriter.class);

    private final int partition;
    private final OrchestratorSettings settings;
    private final RecordSender sender;
    private final Supplier<Producer<String, byte[]>> makeProducer;
    private final SequencerMetrics metrics;
    private int sinceLast;
    private long lastNanos = System.nanoTime();
    private volatile @Nullable Taken taken;
    private long confirmedOffset = -1;
    private @Nullable Producer<String, byte[]> producer;

    /**
     * @param sent how many records were sent before the last one of the checkpoint
     */
    private record Taken(Checkpoint checkpoint, long sent) {}

    CheckpointWriter(
            int partition,
            OrchestratorSettings settings,
            RecordSender sender,
            Supplier<Producer<String, byte[]>> makeProducer,
            SequencerMetrics metrics) {
        this.partition = partition;
        this.settings = settings;
        this.sender = sender;
        this.makeProducer = makeProducer;
        this.metrics = metrics;
    }

    /**
     * Relay's thread: the log has folded some session events, which are sent next.
     *
     * @param sentBefore how many records will have been sent before the last of them, its commands
     *     among them
     */
    void onFolded(PartitionLog log, int events, long sentBefore) {
        sinceLast += events;
        if (taken == null && isDue()) {
            log.checkpoint()
                    .ifPresent(checkpoint -> {
                        taken = new Taken(checkpoint, sentBefore);
                        sinceLast = 0;
                        lastNanos = System.nanoTime();
                    });
        }
    }

    private boolean isDue() {
        return sinceLast >= settings.checkpointEvents()
                || System.nanoTime() - lastNanos >= settings.checkpointInterval().toNanos();
    }

    /** Reader's thread: the next record of the log, no higher claim having been before it. */
    void onLog(LogRecord record, long offset) {
        @Nullable Taken waiting = taken;
        if (waiting != null && waiting.checkpoint().last().isOf(record)) {
            confirmedOffset = offset;
        }
    }

    /** Reader's thread: writes what waits, if it is beyond doubt by now. */
    void write() {
        @Nullable Taken waiting = taken;
        if (waiting == null || confirmedOffset < 0 || !sender.isAcknowledged(waiting.sent())) {
            return;
        }
        kontor.state.v1.Checkpoint written =
                CheckpointMapping.write(waiting.checkpoint(), partition, confirmedOffset);
        confirmedOffset = -1;
        taken = null;
        Producer<String, byte[]> own = producer;
        if (own == null) {
            own = makeProducer.get();
            producer = own;
        }
        // Its outcome comes by the callback.
        Future<RecordMetadata> _ =
                own.send(
                        Records.of(written),
                        (_, failure) -> {
                            if (failure == null) {
                                metrics.add(SequencerMetric.CHECKPOINTS, 1);
                                LOG.debug(
                                        "Checkpoint of partition {} at {}: {} bytes",
                                        partition,
                                        written.getOffset(),
                                        written.getSerializedSize());
                            } else {
                                LOG.warn(
                                        "A checkpoint of partition {} is left out: {}",
                                        partition,
                                        failure.getMessage());
                            }
                        });
    }

    /** Reader's thread. */
    @Override
    public void close() {
        Producer<String, byte[]> own = producer;
        if (own != null) {
            own.close(Duration.ZERO);
        }
    }
}
