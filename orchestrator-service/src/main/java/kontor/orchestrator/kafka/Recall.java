package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.Optional;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the folding of a partition's log begins: behind the newest checkpoint, if the log still
 * confirms it, or at the beginning.
 *
 * @param log what is known without folding
 * @param nextOffset of the first record that is to be folded
 */
record Recall(PartitionLog log, long nextOffset) {

    private static final Logger LOG = LoggerFactory.getLogger(Recall.class);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Assigns the consumer, which stays the caller's; blocks until the broker has answered. */
    static Recall of(Consumer<String, byte[]> consumer, int partition) throws InterruptedException {
        long beginning = SessionLogReader.beginning(consumer, partition);
        Optional<CheckpointReader.Found> newest = CheckpointReader.newest(consumer, partition);
        if (newest.isEmpty()) {
            return new Recall(new PartitionLog(), beginning);
        }
        CheckpointReader.Found found = newest.get();
        if (!isConfirmed(found, consumer, partition, beginning)) {
            LOG.warn(
                    "The session log does not have what the checkpoint of partition {} at {} goes"
                            + " up to: it is folded from its beginning",
                    partition,
                    found.offset());
            return new Recall(new PartitionLog(), beginning);
        }
        return new Recall(PartitionLog.of(found.checkpoint()), found.offset() + 1);
    }

    /** Whether the log is the one that the checkpoint was taken of, and continues it. */
    private static boolean isConfirmed(
            CheckpointReader.Found found,
            Consumer<String, byte[]> consumer,
            int partition,
            long beginning)
            throws InterruptedException {
        if (found.offset() < beginning) {
            return false;
        }
        SessionLogReader reader = SessionLogReader.from(consumer, partition, found.offset());
        Confirmation confirmation = new Confirmation(found);
        long end = reader.end();
        while (!confirmation.read && reader.position() < end) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while confirming a checkpoint");
            }
            reader.poll(POLL, confirmation);
        }
        return confirmation.confirmed;
    }

    /** Looks at the first record only. */
    private static final class Confirmation implements SessionLogReader.Sink {

        private final CheckpointReader.Found found;
        private boolean read;
        private boolean confirmed;

        Confirmation(CheckpointReader.Found found) {
            this.found = found;
        }

        @Override
        public void log(LogRecord record, long offset) {
            if (!read) {
                read = true;
                confirmed = offset == found.offset() && found.checkpoint().last().isOf(record);
            }
        }
    }
}
