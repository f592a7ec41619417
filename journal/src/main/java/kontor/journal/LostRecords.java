package kontor.journal;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Knows logs that are shorter than what was journalled of them. Once lost, such a log halts the
 * journal until it is made anew or its position in the tables is another: that it has grown past
 * the old position makes nothing good, for what grew there is not what was journalled. Not
 * thread-safe.
 */
final class LostRecords {

    /** So often the ends are asked for before a log counts as shorter. */
    static final int RECHECKS = 5;

    private final Duration recheckPause;
    private final Map<Position.Partition, Loss> losses = new HashMap<>();

    private record Loss(Position at, long end) {}

    LostRecords(Duration recheckPause) {
        this.recheckPause = recheckPause;
    }

    Duration recheckPause() {
        return recheckPause;
    }

    /** Whether a log ends before its position. */
    boolean isSuspected(
            Map<Position.Partition, UUID> partitions,
            Map<Position.Partition, Position> known,
            Map<Position.Partition, KafkaLog.Range> ranges) {
        return partitions.entrySet().stream()
                .anyMatch(partition ->
                        loss(
                                        partition.getValue(),
                                        known.get(partition.getKey()),
                                        ranges.get(partition.getKey()))
                                != null);
    }

    /**
     * @throws JournalHaltedException if a log has lost records, now or in an earlier look
     */
    void require(
            Map<Position.Partition, UUID> partitions,
            Map<Position.Partition, Position> known,
            Map<Position.Partition, KafkaLog.Range> ranges) {
        partitions.forEach((partition, topicId) -> {
            @Nullable Position position = known.get(partition);
            @Nullable Loss before = losses.get(partition);
            if (before != null && !isAt(before.at(), topicId, position)) {
                losses.remove(partition);
            }
            @Nullable Loss now = loss(topicId, position, ranges.get(partition));
            if (now != null) {
                losses.putIfAbsent(partition, now);
            }
        });
        losses.keySet().retainAll(partitions.keySet());
        for (Map.Entry<Position.Partition, Loss> loss : losses.entrySet()) {
            throw new JournalHaltedException(
                    "%s ended at offset %d, but was journalled up to %d: Kafka has lost records"
                            .formatted(
                                    loss.getKey(),
                                    loss.getValue().end(),
                                    loss.getValue().at().nextOffset()));
        }
    }

    private static boolean isAt(Position lost, UUID topicId, @Nullable Position now) {
        return now != null
                && lost.topicId().equals(topicId)
                && now.topicId().equals(topicId)
                && now.nextOffset() == lost.nextOffset();
    }

    private static @Nullable Loss loss(
            UUID topicId, @Nullable Position position, KafkaLog.@Nullable Range range) {
        if (position == null || range == null || !position.topicId().equals(topicId)) {
            return null;
        }
        return position.nextOffset() > range.end() ? new Loss(position, range.end()) : null;
    }
}
