package kontor.launcher.control;

import java.util.List;
import java.util.Map;
import kontor.topics.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** How many packets a stack has captured, as the ends of its log say. For one thread. */
public final class CapturedPackets implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 5_000;

    private final Consumer<String, byte[]> consumer;

    public CapturedPackets(String servers) {
        this.consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                servers,
                                ConsumerConfig.CLIENT_ID_CONFIG,
                                "kontor-launcher-packets",
                                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                                StringDeserializer.class,
                                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                                ByteArrayDeserializer.class,
                                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                PATIENCE_MILLIS));
    }

    /**
     * Blocks for a few seconds at most.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     */
    public long count() {
        List<TopicPartition> partitions =
                consumer.partitionsFor(Topics.PACKETS).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
