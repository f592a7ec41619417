package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import kontor.orchestrator.ownership.LogRecord;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.topics.UndecodableRecordException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads one partition of {@code kontor.session-events} from its beginning, on one thread. */
final class SessionLogReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<String, byte[]> consumer;
    private final TopicPartition partition;

    /** Takes the consumer over. */
    SessionLogReader(Consumer<String, byte[]> consumer, int partition) {
        this.consumer = consumer;
        this.partition = new TopicPartition(Topics.SESSION_EVENTS, partition);
        consumer.assign(List.of(this.partition));
        consumer.seekToBeginning(List.of(this.partition));
    }

    /** Gets each record in order. */
    interface Sink {

        void take(LogRecord record);
    }

    /** The offset of the record that would be written next. */
    long end() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition));
        return ends.getOrDefault(partition, 0L);
    }

    /**
     * Blocks until all records before {@code end} are read.
     *
     * @throws HaltException at a record that no orchestrator has written
     * @throws InterruptedException where the thread is interrupted
     */
    void readTo(long end, Sink sink) throws InterruptedException {
        while (consumer.position(partition) < end) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while reading " + partition);
            }
            poll(sink);
        }
    }

    /** Waits a moment for records. */
    void poll(Sink sink) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            sink.take(read(record));
        }
    }

    private static LogRecord read(ConsumerRecord<String, byte[]> record) {
        try {
            return SessionEventMapping.read(Records.sessionEvent(record));
        } catch (UndecodableRecordException e) {
            throw new HaltException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw HaltException.at(record, e);
        }
    }

    /** May be called by any thread: ends a wait. */
    void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
