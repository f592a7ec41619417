package kontor.gateway.control;

import java.util.ArrayDeque;
import java.util.Deque;
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

    /** Begins to publish what one import's adapters say; to be closed. */
    public Publishing begin() {
        return new Publishing(producer());
    }

    /** Publishes events in their order, so many at once. Used by one thread. */
    public static final class Publishing implements AutoCloseable {

        private final Producer<String, byte[]> producer;
        private final Deque<Future<RecordMetadata>> sent = new ArrayDeque<>();
        private long published;

        private Publishing(Producer<String, byte[]> producer) {
            this.producer = producer;
        }

        /**
         * Publishes an event; waits while too many are on their way.
         *
         * @throws KafkaAwayException where the broker did not take one; those before it are there
         */
        public void publish(AdapterEvent event) throws InterruptedException, KafkaAwayException {
            try {
                sent.add(producer.send(Records.of(event)));
            } catch (KafkaException e) {
                throw new KafkaAwayException(e);
            }
            published++;
            if (sent.size() >= AT_ONCE) {
                await(AT_ONCE / 2);
            }
        }

        /** Waits until the broker has all; returns how many these are. */
        public long finish() throws InterruptedException, KafkaAwayException {
            await(0);
            return published;
        }

        /** How many have been published. */
        public long published() {
            return published;
        }

        private void await(int left) throws InterruptedException, KafkaAwayException {
            try {
                while (sent.size() > left) {
                    sent.removeFirst().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                }
            } catch (ExecutionException | TimeoutException e) {
                throw new KafkaAwayException(e);
            }
        }

        @Override
        public void close() {
            producer.close();
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
