package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.orchestrator.mapping.CheckpointMapping;
import kontor.orchestrator.ownership.OwnerInput.CheckpointRead.Found;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.topics.UndecodableRecordException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the newest checkpoint of a partition. One that cannot be read is none: the log has all of
 * it.
 */
public final class CheckpointReader {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointReader.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private CheckpointReader() {}

    /** Assigns the consumer, which stays the caller's; blocks until the broker has answered. */
    public static Optional<Found> newest(Consumer<String, byte[]> consumer, int partition)
            throws InterruptedException {
        TopicPartition state = new TopicPartition(Topics.ORCHESTRATOR_STATE, partition);
        List<TopicPartition> assignment = List.of(state);
        Map<TopicPartition, Long> ends = consumer.endOffsets(assignment);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(assignment);
        long end = ends.getOrDefault(state, 0L);
        long beginning = beginnings.getOrDefault(state, 0L);
        if (end == beginning) {
            return Optional.empty();
        }
        consumer.assign(assignment);
        consumer.seek(state, end - 1);
        while (consumer.position(state) < end) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while reading " + state);
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                return read(record);
            }
        }
        LOG.warn("{} has no record before its end: the log is folded from its beginning", state);
        return Optional.empty();
    }

    private static Optional<Found> read(ConsumerRecord<String, byte[]> record) {
        try {
            kontor.state.v1.Checkpoint written = Records.checkpoint(record);
            return Optional.of(new Found(CheckpointMapping.read(written), written.getOffset()));
        } catch (UndecodableRecordException | IllegalArgumentException e) {
            LOG.warn(
                    "The checkpoint at {}-{}@{} is of no use, the log is folded from its"
                            + " beginning: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return Optional.empty();
        }
    }
}
