package kontor.journal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * The two topics as the journal reads them: all partitions assigned by itself, from offsets that it
 * is told. All but {@link #wakeup} on one thread. Kafka being away shows as {@link KafkaException}
 * from {@link #partitions} and {@link #ranges}, later only as polls that bring nothing.
 */
final class KafkaLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaLog.class);

    /** How long Kafka may take to answer before it counts as away. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** First and next offset of a partition. */
    record Range(long beginning, long end) {}

    private static final int FETCH_MIN_BYTES = 256 * 1024;
    private static final Duration FETCH_WAIT = Duration.ofMillis(100);

    private final List<String> topics;
    private final Map<String, Object> connection;
    private final Consumer<String, byte[]> consumer;

    /**
     * @param consumers makes the consumer; what the journal needs is said here
     * @param connection what an admin client needs to connect, by Kafka's names
     */
    KafkaLog(
            ConsumerFactory<String, byte[]> consumers,
            Map<String, Object> connection,
            List<String> topics,
            JournalSettings settings) {
        this.topics = List.copyOf(topics);
        this.connection = Map.copyOf(connection);
        int batchBytes = Math.toIntExact(settings.maxBatchBytes().toBytes());
        Properties config = new Properties();
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxBatchRecords());
        // A row a moment later costs nothing; a fetch and a commit for each record cost the relay
        // its
        // processor time.
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, Math.min(batchBytes, FETCH_MIN_BYTES));
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) FETCH_WAIT.toMillis());
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, batchBytes);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, batchBytes);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        this.consumer =
                consumers.createConsumer(settings.groupId(), settings.groupId(), null, config);
    }

    /** The partitions there are, each with its topic's id. */
    Map<Position.Partition, UUID> partitions() {
        try (Admin admin = Admin.create(connection)) {
            Map<Position.Partition, UUID> partitions = new HashMap<>();
            for (TopicDescription topic :
                    admin.describeTopics(topics).allTopicNames().get().values()) {
                Uuid id = topic.topicId();
                UUID topicId = new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
                topic.partitions()
                        .forEach(partition ->
                                partitions.put(
                                        new Position.Partition(topic.name(), partition.partition()),
                                        topicId));
            }
            return partitions;
        } catch (ExecutionException e) {
            throw new KafkaException("topics " + topics + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** What each of these partitions holds. */
    Map<Position.Partition, Range> ranges(Iterable<Position.Partition> wanted) {
        List<TopicPartition> partitions = toKafka(wanted);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<Position.Partition, Range> ranges = new HashMap<>();
        beginnings.forEach((partition, beginning) ->
                ranges.put(
                        of(partition),
                        new Range(beginning, ends.getOrDefault(partition, beginning))));
        return ranges;
    }

    /** Begins to read there. */
    void goOnAt(Map<Position.Partition, Position> positions) {
        consumer.assign(toKafka(positions.keySet()));
        positions.forEach((partition, position) ->
                consumer.seek(
                        new TopicPartition(partition.topic(), partition.number()),
                        position.nextOffset()));
    }

    ConsumerRecords<String, byte[]> poll(Duration timeout) {
        return consumer.poll(timeout);
    }

    /** Records that are in the topics and were not polled, as far as is known. */
    long lag() {
        long lag = 0;
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong known = consumer.currentLag(partition);
            lag += known.orElse(0);
        }
        return lag;
    }

    /** Lets Kafka's tools show how far the journal is; nothing is read from there. */
    void show(Map<Position.Partition, Batch.Move> moves) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        moves.forEach((partition, move) ->
                offsets.put(
                        new TopicPartition(partition.topic(), partition.number()),
                        new OffsetAndMetadata(move.to())));
        consumer.commitAsync(
                offsets,
                (_, failure) -> {
                    if (failure != null) {
                        log.debug(
                                "Could not commit positions to Kafka's consumer group; shown lag is"
                                        + " outdated",
                                failure);
                    }
                });
    }

    /** Ends a poll under way; from any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    static Position.Partition of(TopicPartition partition) {
        return new Position.Partition(partition.topic(), partition.partition());
    }

    private static List<TopicPartition> toKafka(Iterable<Position.Partition> partitions) {
        List<TopicPartition> kafka = new java.util.ArrayList<>();
        partitions.forEach(p -> kafka.add(new TopicPartition(p.topic(), p.number())));
        return kafka;
    }
}
