package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import kontor.orchestrator.mapping.SessionEventMapping;
import kontor.orchestrator.ownership.LogRecord;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.topics.UndecodableRecordException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition of {@code kontor.session-events} and, where wanted, what comes from now on in
 * the same partition of {@code kontor.control}. On one thread.
 */
public final class SessionLogReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<String, byte[]> consumer;
    private final TopicPartition partition;

    private SessionLogReader(Consumer<String, byte[]> consumer, int partition) {
        this.consumer = consumer;
        this.partition = new TopicPartition(Topics.SESSION_EVENTS, partition);
    }

    /** Takes the consumer over; it gets the log from {@code offset} on, and control records. */
    public static SessionLogReader withControl(
            Consumer<String, byte[]> consumer, int partition, long offset) {
        SessionLogReader reader = new SessionLogReader(consumer, partition);
        TopicPartition control = new TopicPartition(Topics.CONTROL, partition);
        consumer.assign(List.of(reader.partition, control));
        consumer.seek(reader.partition, offset);
        consumer.seekToEnd(List.of(control));
        // Now, and not with the first poll: what is said from here on has to be heard. A standby
        // that missed its own word would wait for it for ever, and never take over.
        long _ = consumer.position(control);
        return reader;
    }

    /** Takes the consumer over; it gets the log from {@code offset} on. */
    public static SessionLogReader from(
            Consumer<String, byte[]> consumer, int partition, long offset) {
        SessionLogReader reader = new SessionLogReader(consumer, partition);
        consumer.assign(List.of(reader.partition));
        consumer.seek(reader.partition, offset);
        return reader;
    }

    /** The offset of the eldest record that the log still has. */
    public static long beginning(Consumer<String, byte[]> consumer, int partition) {
        TopicPartition log = new TopicPartition(Topics.SESSION_EVENTS, partition);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(List.of(log));
        return beginnings.getOrDefault(log, 0L);
    }

    /**
     * The record at exactly this offset; null where there is none. Assigns the consumer, which
     * stays the caller's; blocks until the broker has answered.
     */
    public static @Nullable LogRecord at(
            Consumer<String, byte[]> consumer, int partition, long offset)
            throws InterruptedException {
        SessionLogReader reader = from(consumer, partition, offset);
        First first = new First(offset);
        long end = reader.end();
        while (!first.read && reader.position() < end) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while reading " + reader.partition);
            }
            reader.poll(POLL, first);
        }
        return first.record;
    }

    /** Looks at the first record only. */
    private static final class First implements Sink {

        private final long offset;
        private boolean read;
        private @Nullable LogRecord record;

        First(long offset) {
            this.offset = offset;
        }

        @Override
        public void log(LogRecord next, long at) {
            if (!read) {
                read = true;
                record = at == offset ? next : null;
            }
        }
    }

    /** Gets each record in the order of its topic. */
    public interface Sink {

        void log(LogRecord record, long offset);

        /** Only where the reader was made to read the control topic as well. */
        default void control(ConsumerRecord<String, byte[]> record) {
            throw new IllegalStateException(record.topic() + " was not asked for");
        }
    }

    /** The offset of the record that would be written next. */
    public long end() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition));
        return ends.getOrDefault(partition, 0L);
    }

    /** The offset of the record that is read next. */
    public long position() {
        return consumer.position(partition);
    }

    /**
     * Waits so long for records.
     *
     * @throws HaltException at a record that no orchestrator has written
     * @throws org.apache.kafka.common.errors.WakeupException where it was woken
     */
    public void poll(Duration patience, Sink sink) {
        ConsumerRecords<String, byte[]> records = consumer.poll(patience);
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.topic().equals(Topics.SESSION_EVENTS)) {
                sink.log(read(record), record.offset());
            } else {
                sink.control(record);
            }
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
    public void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
