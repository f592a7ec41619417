package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import kontor.orchestrator.ownership.CheckpointDesk;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.topics.Records;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the checkpoints of an owned partition, by the rules of {@link CheckpointDesk}. One that
 * cannot be written is left out.
 *
 * <p>The relay's thread takes, and copies references only; the thread that reads the log beside it
 * encodes and writes.
 */
final class CheckpointWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointWriter.class);

    private final int partition;
    private final CheckpointDesk desk;
    private final RecordSender sender;
    private final Supplier<Producer<String, byte[]>> makeProducer;
    private final SequencerMetrics metrics;
    private @Nullable Producer<String, byte[]> producer;

    CheckpointWriter(
            int partition,
            OrchestratorSettings settings,
            RecordSender sender,
            Supplier<Producer<String, byte[]>> makeProducer,
            SequencerMetrics metrics) {
        this.partition = partition;
        this.desk =
                new CheckpointDesk(
                        settings.checkpointEvents(),
                        settings.checkpointInterval(),
                        System.nanoTime());
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
        desk.onFolded(log, events, sentBefore, System.nanoTime());
    }

    /** Reader's thread: the next record of the log, no higher claim having been before it. */
    void onLog(LogRecord record, long offset) {
        desk.onLog(record, offset);
    }

    /** Reader's thread: writes what waits, if it is beyond doubt by now. */
    void write() {
        desk.confirmed(sender::isAcknowledged).ifPresent(this::write);
    }

    private void write(CheckpointDesk.Confirmed confirmed) {
        kontor.state.v1.Checkpoint written =
                CheckpointMapping.write(confirmed.checkpoint(), partition, confirmed.offset());
        Producer<String, byte[]> own = producer;
        if (own == null) {
            own = makeProducer.get();
            producer = own;
        }
        // Its outcome comes by the callback.
        Future<RecordMetadata> _ =
                own.send(Records.of(written), (_, failure) -> tell(written, failure));
    }

    private void tell(kontor.state.v1.Checkpoint written, @Nullable Exception failure) {
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
