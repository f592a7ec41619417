package kontor.testing.infrastructure;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The producer of tests, for records as {@link kontor.topics.Records} makes them. */
public final class TestProducer {

    private TestProducer() {}

    /** Returns one that keeps the order of each partition; the caller closes it. */
    public static Producer<String, byte[]> connectedTo(String servers) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        // Topics of tests are often made a moment ago: where the first request came
                        // before the partition's leader and the second behind it, the first could
                        // only be refused, as out of sequence, for good.
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
