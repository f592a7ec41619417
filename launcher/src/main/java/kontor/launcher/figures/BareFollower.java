package kontor.launcher.figures;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What a follower of a log cannot be faster than: it reads the same records, sends as many and as
 * large results, and copies the same rows, a poll's in each transaction and beside reading on. It
 * decodes nothing and makes nothing, as its rows are there before it begins and its results are
 * zeros, nobody reads its results, and it keeps no position.
 */
final class BareFollower implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int FETCH_BYTES = 256 * 1024;
    private static final int BATCH_BYTES = 256 * 1024;
    private static final int POLLED_RECORDS = 2_000;

    private final TopicPartition log;
    private final String topic = "kontor-bench-" + UUID.randomUUID();
    private final Admin admin;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ExecutorService copier = Executors.newSingleThreadExecutor();

    /**
     * Connects, and makes a topic for results, which is gone when this is closed.
     *
     * @param log the partition that is read
     * @throws ExecutionException if the broker refuses or cannot be reached
     */
    BareFollower(String kafkaServers, TopicPartition log)
            throws ExecutionException, InterruptedException {
        this.log = log;
        this.admin = Admin.create(Map.of("bootstrap.servers", kafkaServers));
        this.consumer = consumer(kafkaServers);
        this.producer = producer(kafkaServers);
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        producer.partitionsFor(topic);
        consumer.assign(List.of(log));
    }

    /**
     * Reads from one offset to before another, and copies all rows. Blocks until all is stored.
     *
     * @param results how many bytes each of the results has that are sent meanwhile, spread over
     *     what is read; none for a follower that sends nothing
     */
    void run(long from, long to, List<Integer> results, CopiedRows rows)
            throws InterruptedException, ExecutionException {
        consumer.seek(log, from);
        long length = to - from;
        int sent = 0;
        int copied = 0;
        Future<?> copying = CompletableFuture.completedFuture(null);
        for (long at = from; at < to; ) {
            consumer.poll(POLL);
            at = Math.min(to, consumer.position(log));
            List<Future<?>> sending = new ArrayList<>();
            for (int end = share(results.size(), at - from, length); sent < end; sent++) {
                byte[] result = new byte[results.get(sent)];
                sending.add(producer.send(new ProducerRecord<>(topic, result)));
            }
            copying.get();
            int first = copied;
            int last = share(rows.count(), at - from, length);
            copying = copier.submit(() -> copy(sending, rows, first, last));
            copied = last;
        }
        copying.get();
    }

    @Override
    public void close() {
        copier.close();
        producer.close();
        consumer.close();
        admin.deleteTopics(List.of(topic));
        admin.close();
    }

    /** As many of {@code all} as {@code part} is of {@code whole}. */
    private static int share(int all, long part, long whole) {
        return (int) (all * part / whole);
    }

    private Void copy(List<Future<?>> sending, CopiedRows rows, int from, int to)
            throws SQLException, ExecutionException, InterruptedException {
        if (!sending.isEmpty()) {
            producer.flush();
        }
        for (Future<?> result : sending) {
            result.get();
        }
        if (from < to) {
            rows.copy(from, to);
        }
        return null;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String kafkaServers) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafkaServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                        FETCH_BYTES,
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        (int) POLL.toMillis(),
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        POLLED_RECORDS),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static KafkaProducer<byte[], byte[]> producer(String kafkaServers) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafkaServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        BATCH_BYTES,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
