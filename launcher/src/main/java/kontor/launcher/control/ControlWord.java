package kontor.launcher.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.ProcessEnded;
import kontor.control.v1.SnapshotReport;
import kontor.launcher.snapshots.SnapshotNews;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher itself says on {@code kontor.control}: that a process is gone, and which
 * snapshots there are. Each record waits for an absent broker for a minute, then it is given up: a
 * standby finds out by itself, and snapshots are said again.
 *
 * <p>Calls return at once; one thread of its own sends, in order.
 */
public final class ControlWord implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final int LONGEST_BACK_OFF_MILLIS = 200;
    private static final long CLOSING_MILLIS = 200;

    private final String servers;
    private final Consumer<String> onFailure;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("kontor-control-word-", 1).daemon().factory());
    private @Nullable Producer<String, byte[]> producer;

    /**
     * @param onFailure receives the reason if a record could not be published; called by any thread
     */
    public ControlWord(String servers, Consumer<String> onFailure) {
        this.servers = servers;
        this.onFailure = onFailure;
    }

    /** Connects beforehand, so that a word is said within milliseconds when it matters. */
    public void prepare() {
        thread.execute(() -> {
            try {
                partitions();
            } catch (KafkaException e) {
                // It is tried again with the first word.
            }
        });
    }

    /** That one life of a service's process has ended. */
    public void ended(String service, String processId) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        ControlEvent event =
                event(now)
                        .setProcessEnded(
                                ProcessEnded.newBuilder()
                                        .setService(service)
                                        .setProcessId(processId)
                                        .setEndedAtMicros(now))
                        .build();
        String consequence =
                "could not publish that a process has ended; the standby waits for its timeout: ";
        thread.execute(() -> {
            try {
                for (PartitionInfo partition : partitions()) {
                    send(Records.of(event, partition.partition()), consequence);
                }
            } catch (KafkaException e) {
                onFailure.accept(consequence + e.getMessage());
            }
        });
    }

    /** Which snapshots of a lab's games there are. */
    public void snapshots(String lab, SnapshotNews news) {
        SnapshotReport report = SnapshotReports.of(news);
        ControlEvent event =
                event(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()))
                        .setLab(lab)
                        .setSnapshotReport(report)
                        .build();
        String consequence = "could not publish the snapshots; saying them again in a minute: ";
        try {
            thread.execute(() -> send(Records.of(event), consequence));
        } catch (RejectedExecutionException e) {
            // It is closed: the stack stops.
        }
    }

    private static ControlEvent.Builder event(long now) {
        return ControlEvent.newBuilder()
                .setControlId(UUID.randomUUID().toString())
                .setSentAtMicros(now)
                .setSender("launcher");
    }

    private void send(ProducerRecord<String, byte[]> record, String consequence) {
        try {
            var _ =
                    connected()
                            .send(
                                    record,
                                    (_, failure) -> {
                                        if (failure != null) {
                                            onFailure.accept(consequence + failure.getMessage());
                                        }
                                    });
        } catch (KafkaException e) {
            onFailure.accept(consequence + e.getMessage());
        }
    }

    private List<PartitionInfo> partitions() {
        return connected().partitionsFor(Topics.CONTROL);
    }

    private Producer<String, byte[]> connected() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings());
        }
        return producer;
    }

    private Map<String, Object> settings() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ProducerConfig.CLIENT_ID_CONFIG,
                "kontor-launcher-word",
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                1_048_576L,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                (long) PATIENCE_MILLIS,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                (long) LONGEST_BACK_OFF_MILLIS,
                ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG,
                (long) LONGEST_BACK_OFF_MILLIS);
    }

    /** What was not said yet is given up. */
    @Override
    public void close() {
        // Interrupts a wait for the broker.
        thread.shutdownNow();
        try {
            if (thread.awaitTermination(CLOSING_MILLIS, TimeUnit.MILLISECONDS)
                    && producer != null) {
                producer.close(java.time.Duration.ofMillis(CLOSING_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
