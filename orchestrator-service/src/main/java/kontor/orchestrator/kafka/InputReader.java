package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import kontor.topics.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one partition of {@code kontor.packets} and of {@code kontor.control}.
 *
 * <p>Confined to the owner's thread, except {@link #wakeUp}.
 */
public final class InputReader {

    private static final Logger LOG = LoggerFactory.getLogger(InputReader.class);
    private static final Duration END_PATIENCE = Duration.ofSeconds(2);

    private final Consumer<String, byte[]> consumer;
    private final Duration reloadMemory;
    private final TopicPartition packets;
    private final TopicPartition control;

    /**
     * @param consumer stays the caller's
     * @param reloadMemory how far back the control topic is read
     */
    public InputReader(Consumer<String, byte[]> consumer, int partition, Duration reloadMemory) {
        this.consumer = consumer;
        this.reloadMemory = reloadMemory;
        this.packets = new TopicPartition(Topics.PACKETS, partition);
        this.control = new TopicPartition(Topics.CONTROL, partition);
    }

    /**
     * Blocks until the broker has answered.
     *
     * @param nextOffsets by topic; the beginning for one that is not in it
     */
    public void seek(Map<String, Long> nextOffsets) {
        List<TopicPartition> inputs = List.of(packets, control);
        consumer.assign(inputs);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(inputs);
        for (TopicPartition input : inputs) {
            long next = nextOffsets.getOrDefault(input.topic(), 0L);
            long first = beginnings.getOrDefault(input, 0L);
            if (next < first && next > 0) {
                LOG.error(
                        "{} was to be read from {} on, but begins at {}: what lay between was"
                                + " deleted before it was read",
                        input,
                        next,
                        first);
            }
            consumer.seek(input, Math.max(next, first));
        }
        seekToReloads();
    }

    /** Reloads are folded anew: from before any that may still run. */
    private void seekToReloads() {
        long since = WallClock.nowMicros() / 1_000 - reloadMemory.toMillis();
        @Nullable OffsetAndTimestamp first =
                consumer.offsetsForTimes(Map.of(control, since)).get(control);
        if (first != null && first.offset() < consumer.position(control)) {
            consumer.seek(control, first.offset());
        }
    }

    /** Waits so long for records; empty where it was woken. */
    public ConsumerRecords<String, byte[]> poll(Duration patience) {
        try {
            return consumer.poll(patience);
        } catch (WakeupException e) {
            LOG.debug("woken", e);
            return ConsumerRecords.empty();
        }
    }

    /** How many adapter events were not read when that was last known. */
    public OptionalLong lag() {
        return consumer.currentLag(packets);
    }

    /** Whether the broker answers in time, and has no adapter event that was not read. */
    public boolean isAllRead() {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(packets), END_PATIENCE);
            return ends.getOrDefault(packets, Long.MAX_VALUE) <= consumer.position(packets);
        } catch (TimeoutException e) {
            LOG.debug("the broker does not answer", e);
            return false;
        }
    }

    /** For any thread: ends a wait. */
    public void wakeUp() {
        consumer.wakeup();
    }
}
