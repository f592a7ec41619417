package kontor.orchestrator.kafka;

import java.util.HashMap;
import java.util.Map;
import kontor.topics.ClientConnection;
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

/** Creates clients; each belongs to its caller. Not final: a test puts gates before them. */
public class KafkaClients {

    private static final int MAX_RECORD_BYTES = 16 * 1024 * 1024;

    private final String servers;

    public KafkaClients(String servers) {
        this.servers = servers;
    }

    /** Creates a consumer for input, where every millisecond counts. */
    public Consumer<String, byte[]> inputConsumer(String name) {
        return new KafkaConsumer<>(consumer(name));
    }

    /**
     * Creates a consumer for a log that is read to its end and asked about meanwhile. The broker
     * answers the requests of one connection in turn: a question, and the close too, waits until
     * the fetch before it has found enough or has waited long enough. A standby follows with it for
     * hours: it asks for what came within 50 ms at once, not for each record.
     */
    public Consumer<String, byte[]> recallConsumer(String name) {
        Map<String, Object> settings = consumer(name);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 64 * 1024);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        return new KafkaConsumer<>(settings);
    }

    /** Creates a consumer for the session log, where more at once is better than sooner. */
    public Consumer<String, byte[]> logConsumer(String name) {
        Map<String, Object> settings = consumer(name);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 64 * 1024);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        return new KafkaConsumer<>(settings);
    }

    /**
     * Creates a producer that keeps the order of each partition, never gives a record up, and never
     * waits for more.
     */
    public Producer<String, byte[]> producer(String name) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, name);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // The first record leaves at once, and what comes until it is acknowledged leaves together:
        // few and large requests when much is to do, no waiting when little is.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        // What a topic takes is the topic's to say.
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
        settings.putAll(ClientConnection.settings());
        return new KafkaProducer<>(settings);
    }

    private Map<String, Object> consumer(String name) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Positions come from the log alone: one that is not there is no reason to guess another.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.putAll(ClientConnection.settings());
        return settings;
    }
}
