package kontor.journal;

import java.util.Comparator;
import java.util.UUID;

/**
 * Where the journal goes on in one partition: a row of {@code capture.journal_positions}.
 *
 * @param topicId Kafka's id of the topic that the offset is of
 * @param ownerEpoch highest epoch known to be claimed in what was read
 */
record Position(UUID topicId, long nextOffset, long ownerEpoch) {

    /** A partition by name, in the order in which rows are locked. */
    record Partition(String topic, int number) implements Comparable<Partition> {

        private static final Comparator<Partition> ORDER =
                Comparator.comparing(Partition::topic).thenComparingInt(Partition::number);

        @Override
        public int compareTo(Partition other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return topic + "-" + number;
        }
    }

    static Position beginning(UUID topicId) {
        return new Position(topicId, 0, 0);
    }
}
