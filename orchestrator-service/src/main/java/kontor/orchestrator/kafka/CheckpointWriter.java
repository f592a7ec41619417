package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import kontor.orchestrator.mapping.CheckpointMapping;
import kontor.orchestrator.metrics.SequencerMetric;
import kontor.orchestrator.metrics.SequencerMetrics;
import kontor.orchestrator.ownership.CheckpointDesk;
import kontor.topics.Records;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the checkpoints of an owned partition. One that cannot be written is left out.
 *
 * <p>Confined to one thread.
 */
public final class CheckpointWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointWriter.class);

    private final int partition;
    private final Supplier<Producer<String, byte[]>> makeProducer;
    private final SequencerMetrics metrics;
    private @Nullable Producer<String, byte[]> producer;

    /**
     * @param makeProducer called with the first checkpoint
     */
    public CheckpointWriter(
            int partition,
            Supplier<Producer<String, byte[]>> makeProducer,
            SequencerMetrics metrics) {
        this.partition = partition;
        this.makeProducer = makeProducer;
        this.metrics = metrics;
    }

    public void write(CheckpointDesk.Confirmed confirmed) {
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

    @Override
    public void close() {
        Producer<String, byte[]> own = producer;
        if (own != null) {
            own.close(Duration.ZERO);
        }
    }
}
