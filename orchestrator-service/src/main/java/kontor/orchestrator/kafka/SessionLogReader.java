package kontor.orchestrator.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import kontor.log.SessionEventHead;
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

    /**
     * Creates a reader of the log from {@code offset} on and of new control records; owns the
     * consumer.
     */
    public static SessionLogReader withControl(
            Consumer<String, byte[]> consumer, int partition, long offset) {
        SessionLogReader reader = new SessionLogReader(consumer, partition);
        TopicPartition control = new TopicPartition(Topics.CONTROL, partition);
        consumer.assign(List.of(reader.partition, control));
        consumer.seek(reader.partition, offset);
        consumer.seekToEnd(List.of(control));
        // Now, and not with the first poll: what is sent from here on has to be read. A standby
        // that
        // missed its own heartbeat would wait for it for ever, and never take over.
        long _ = consumer.position(control);
        return reader;
    }

    /** Creates a reader of the log from {@code offset} on; owns the consumer. */
    public static SessionLogReader from(
            Consumer<String, byte[]> consumer, int partition, long offset) {
        SessionLogReader reader = new SessionLogReader(consumer, partition);
        consumer.assign(List.of(reader.partition));
        consumer.seek(reader.partition, offset);
        return reader;
    }

    /** Returns the offset of the oldest record that the log still has. */
    public static long beginning(Consumer<String, byte[]> consumer, int partition) {
        TopicPartition log = new TopicPartition(Topics.SESSION_EVENTS, partition);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(List.of(log));
        return beginnings.getOrDefault(log, 0L);
    }

    /**
     * Returns the record at exactly this offset; null if there is none. Assigns the consumer, which
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

    /** Receives each record in the order of its topic. */
    public interface Sink {

        void log(LogRecord record, long offset);

        /** Called only if the reader reads the control topic as well. */
        default void control(ConsumerRecord<String, byte[]> record) {
            throw new IllegalStateException(record.topic() + " was not asked for");
        }
    }

    /** Returns the offset of the record that would be written next. */
    public long end() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(partition));
        return ends.getOrDefault(partition, 0L);
    }

    /** Returns the offset of the record that is read next. */
    public long position() {
        return consumer.position(partition);
    }

    /**
     * Waits that long for records and passes them on.
     *
     * @throws HaltException at a record that no orchestrator has written
     * @throws org.apache.kafka.common.errors.WakeupException if it was woken
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

    /**
     * Waits that long for records of the log and passes on those that are wanted by their heads; no
     * other is decoded.
     *
     * @throws HaltException at a record that no orchestrator has written; the next call goes on
     *     behind it
     * @throws org.apache.kafka.common.errors.WakeupException if it was woken
     */
    public void poll(Duration patience, Predicate<SessionEventHead> wanted, Sink sink) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(patience)) {
            try {
                if (wanted.test(decoded(record, Records::sessionEventHead))) {
                    sink.log(read(record), record.offset());
                }
            } catch (HaltException e) {
                consumer.seek(partition, record.offset() + 1);
                throw e;
            }
        }
    }

    private static LogRecord read(ConsumerRecord<String, byte[]> record) {
        return decoded(record, each -> SessionEventMapping.read(Records.sessionEvent(each)));
    }

    private static <R> R decoded(
            ConsumerRecord<String, byte[]> record,
            Function<ConsumerRecord<String, byte[]>, R> decoder) {
        try {
            return decoder.apply(record);
        } catch (UndecodableRecordException e) {
            throw new HaltException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw HaltException.at(record, e);
        }
    }

    /** Ends a wait; for any thread. */
    public void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
