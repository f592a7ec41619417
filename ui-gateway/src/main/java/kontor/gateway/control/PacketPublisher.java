package kontor.gateway.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.settings.GatewaySettings;
import kontor.packets.v1.AdapterEvent;
import kontor.topics.Records;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.stereotype.Component;

/** Publishes what an import's adapters say. Its producer lives as long as one import. Blocks. */
@Component
public class PacketPublisher {

    private static final int PATIENCE_MILLIS = 30_000;

    /** Records that are on their way at once. */
    private static final int AT_ONCE = 1_000;

    private final String servers;

    PacketPublisher(GatewaySettings settings) {
        this.servers = settings.kafkaServers();
    }

    /**
     * Publishes events in their order; returns when the broker has all.
     *
     * @throws KafkaAwayException where the broker did not take one; those before it are there
     */
    public void publish(List<AdapterEvent> events) throws InterruptedException, KafkaAwayException {
        try (Producer<String, byte[]> producer = producer()) {
            for (int from = 0; from < events.size(); from += AT_ONCE) {
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                for (AdapterEvent event :
                        events.subList(from, Math.min(events.size(), from + AT_ONCE))) {
                    sent.add(producer.send(Records.of(event)));
                }
                for (Future<RecordMetadata> one : sent) {
                    one.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new KafkaAwayException(e);
        }
    }

    private Producer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "kontor-ui-gateway-import",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        PATIENCE_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        PATIENCE_MILLIS,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        PATIENCE_MILLIS),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
