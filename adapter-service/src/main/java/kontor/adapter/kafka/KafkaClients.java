package kontor.adapter.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kontor.topics.ClientConnection;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the clients: a producer that keeps order and never gives up, a consumer of no group. */
final class KafkaClients {

    private final KafkaSettings settings;
    private final String clientPrefix;

    /**
     * @param instances whose adapters send and are commanded with them; the broker knows them by
     *     these names
     */
    KafkaClients(KafkaSettings settings, List<String> instances) {
        this.settings = settings;
        this.clientPrefix = "kontor-adapter-" + String.join("-", instances) + "-";
    }

    Producer<String, byte[]> producer() {
        Map<String, Object> config = common("events");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0L);
        // The first record leaves at once, and what comes until it is acknowledged leaves together:
        // few and large requests when much is to do, no waiting when little is.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        // Small: what waits for the broker waits in the spool.
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L * 1024 * 1024);
        // A broker that is away is waited for, for as long as it takes: 24 days.
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) Integer.MAX_VALUE);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    Consumer<String, byte[]> consumer() {
        Map<String, Object> config = common("commands");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A position that is gone means lost commands: that is for a person to know.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        return new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> common(String role) {
        Map<String, Object> config = new HashMap<>(settings.login().settings());
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.servers());
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientPrefix + role);
        config.putAll(ClientConnection.settings());
        return config;
    }
}
