package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import kontor.topics.RequestPace;
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
    private final RequestPace pace = new RequestPace();

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
     * Seeks both topics; blocks until the broker has answered.
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
                        "{} begins at {}, not at {}: the records between were deleted before they"
                                + " were read and are lost; going on behind them",
                        input,
                        first,
                        next);
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

    /**
     * Waits that long for records, and before that for the {@link RequestPace}; returns none if it
     * was woken.
     */
    public ConsumerRecords<String, byte[]> poll(Duration patience) {
        pace.await();
        try {
            ConsumerRecords<String, byte[]> records = consumer.poll(patience);
            pace.took(records.count());
            return records;
        } catch (WakeupException e) {
            LOG.debug("woken", e);
            return ConsumerRecords.empty();
        }
    }

    /** Returns how many adapter events were waiting at the last poll, if known. */
    public OptionalLong lag() {
        return consumer.currentLag(packets);
    }

    /** Offset of the adapter event that comes next; -1 where the broker does not answer in time. */
    public long end() {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(packets), END_PATIENCE);
            return ends.getOrDefault(packets, -1L);
        } catch (TimeoutException e) {
            LOG.debug("the broker does not answer", e);
            return -1;
        }
    }

    /** Offset of the adapter event that is read next. */
    public long position() {
        return consumer.position(packets);
    }

    /** Ends a wait; for any thread. */
    public void wakeUp() {
        consumer.wakeup();
    }
}
