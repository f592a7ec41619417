package kontor.gateway.tail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kontor.log.CheckpointFormat;
import kontor.sessions.v1.SessionEvent;
import kontor.state.v1.Checkpoint;
import kontor.state.v1.Mark;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.topics.UndecodableRecordException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest checkpoint of each partition of the session log, so that what lies before the records
 * that are read is known too. Each is handed out once, behind the record up to which it goes. For
 * one thread.
 */
final class Checkpoints {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<Integer, Checkpoint> newest;

    Checkpoints(List<Checkpoint> newest) {
        this.newest = new HashMap<>();
        newest.forEach(checkpoint -> this.newest.put(checkpoint.getPartition(), checkpoint));
    }

    /**
     * Reads the last record of each partition, and assigns the consumer for it. One that cannot be
     * read, or not in time, is left out.
     */
    static Checkpoints read(Consumer<String, byte[]> consumer, Duration patience) {
        List<TopicPartition> partitions = new ArrayList<>();
        @Nullable List<PartitionInfo> infos =
                consumer.partitionsFor(Topics.ORCHESTRATOR_STATE, patience);
        if (infos != null) {
            infos.forEach(
                    info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, patience);
        partitions.removeIf(partition -> ends.getOrDefault(partition, 0L) == 0);
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(partition, end(ends, partition) - 1));
        Map<Integer, Checkpoint> found = new HashMap<>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (!partitions.stream().allMatch(p -> consumer.position(p) >= end(ends, p))
                && deadline - System.nanoTime() > 0) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                take(record, found);
            }
        }
        return new Checkpoints(List.copyOf(found.values()));
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private static void take(
            ConsumerRecord<String, byte[]> record, Map<Integer, Checkpoint> found) {
        try {
            Checkpoint checkpoint = Records.checkpoint(record);
            if (checkpoint.getFormat() == CheckpointFormat.VERSION) {
                found.put(checkpoint.getPartition(), checkpoint);
            }
        } catch (UndecodableRecordException e) {
            LOG.warn(
                    "Checkpoint {}-{}@{} cannot be decoded; rule counts and holds are known only"
                            + " from the newest records of the log: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    /**
     * Where to begin to read a partition so that nothing lies between what is known and what is
     * read.
     *
     * @param begin of the partition
     * @param end of the partition
     * @param otherwise where it would be without a checkpoint
     */
    long from(TopicPartition partition, long begin, long end, long otherwise) {
        @Nullable Checkpoint known =
                partition.topic().equals(Topics.SESSION_EVENTS)
                        ? newest.get(partition.partition())
                        : null;
        if (known == null) {
            return otherwise;
        }
        if (known.getOffset() < begin || known.getOffset() >= end) {
            newest.remove(partition.partition());
            return otherwise;
        }
        return Math.min(otherwise, known.getOffset());
    }

    /** The checkpoint that goes up to this record, if there is one, once. */
    Optional<Checkpoint> at(int partition, long offset, SessionEvent event) {
        @Nullable Checkpoint known = newest.get(partition);
        if (known == null || offset < known.getOffset()) {
            return Optional.empty();
        }
        newest.remove(partition);
        if (offset != known.getOffset() || !isOf(known.getLast(), event)) {
            LOG.warn(
                    "Checkpoint of partition {} names another record than that at {}; rule counts"
                            + " and holds are known only from the newest records of the log",
                    partition,
                    known.getOffset());
            return Optional.empty();
        }
        return Optional.of(known);
    }

    private static boolean isOf(Mark mark, SessionEvent event) {
        return mark.getLab().equals(event.getLab())
                && mark.getSessionId().equals(event.getSessionId())
                && mark.getSessionSequence() == event.getSessionSequence()
                && mark.getOwnerEpoch() == event.getOwnerEpoch()
                && mark.getSequencedAtMicros() == event.getSequencedAtMicros();
    }
}
