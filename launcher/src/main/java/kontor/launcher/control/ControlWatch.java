package kontor.launcher.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.topics.UndecodableRecordException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code kontor.control} from a little before its end at the time of the first contact, and
 * then all of it, through any absence of the broker. What cannot be decoded is left out.
 *
 * <p>Has a thread of its own, which calls the listener.
 */
public final class ControlWatch implements AutoCloseable {

    /** A reload that is under way when we come is in there; the listener knows what is too old. */
    private static final long RECORDS_BACK = 500;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BROKER_AWAY = Duration.ofMillis(500);
    private static final int PATIENCE_MILLIS = 5_000;
    private static final long WAKE_MILLIS = 1_000;

    private final String servers;
    private final String lab;
    private final ReloadListener listener;
    private final Thread thread = new Thread(this::run, "kontor-control-1");
    private volatile boolean closed;
    private volatile @Nullable Consumer<String, byte[]> polled;

    public ControlWatch(String servers, String lab, ReloadListener listener) {
        this.servers = servers;
        this.lab = lab;
        this.listener = listener;
        thread.setDaemon(true);
    }

    /** Returns at once; the broker need not be there yet. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        @Nullable Consumer<String, byte[]> consumer = polled;
        if (consumer != null) {
            // Not by an interrupt, with which the client could not close in order.
            consumer.wakeup();
        }
        try {
            thread.join(WAKE_MILLIS);
            thread.interrupt();
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (Consumer<String, byte[]> consumer = new KafkaConsumer<>(settings())) {
                polled = consumer;
                begin(consumer);
                while (!closed) {
                    for (ConsumerRecord<String, byte[]> event : consumer.poll(POLL)) {
                        onRecord(event);
                    }
                }
            } catch (InterruptException | WakeupException | InterruptedException e) {
                return;
            } catch (KafkaException e) {
                // Not there yet, or not in order: from the beginning again, news count once.
                pause();
            } finally {
                polled = null;
            }
        }
    }

    private static void begin(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions =
                consumer.partitionsFor(Topics.CONTROL).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("no such topic: " + Topics.CONTROL + " yet");
        }
        consumer.assign(partitions);
        consumer.endOffsets(partitions)
                .forEach((partition, end) ->
                        consumer.seek(partition, Math.max(0, end - RECORDS_BACK)));
    }

    private void onRecord(ConsumerRecord<String, byte[]> event) throws InterruptedException {
        try {
            ControlNews.tell(Records.controlEvent(event), lab, Instant.now(), listener);
        } catch (UndecodableRecordException e) {
            // Not our concern: the services that own the topic report it.
        }
    }

    private void pause() {
        try {
            // A client that failed would fail again at once.
            Thread.sleep(BROKER_AWAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "kontor-launcher",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS);
    }
}
