package kontor.topics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.ServiceState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says for a service that owns no partition that it is there: READY as soon as it is, then now and
 * then, and with each change of its followers (a follower that stands still makes it no less
 * there), STOPPING when it ends; in every partition of {@code kontor.control}, for any lab's
 * orchestrator may wait for it. While Kafka is away nothing is said, and nothing waits.
 *
 * <p>Has a thread of its own.
 */
public final class ServiceHerald implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceHerald.class);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int PATIENCE_MILLIS = 2_000;

    private final ServiceLife life;
    private final String servers;
    private final BooleanSupplier ready;
    private final Duration every;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param ready asked by this herald's thread, often: cheap, never blocking; counts once only
     * @param every between two words of a service whose followers stay as they are
     */
    public ServiceHerald(ServiceLife life, String servers, BooleanSupplier ready, Duration every) {
        this.life = life;
        this.servers = servers;
        this.ready = ready;
        this.every = every;
        this.thread = Thread.ofPlatform().name("kontor-herald-1").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Says STOPPING, where Kafka takes it soon. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!thread.join(Duration.ofMillis(PATIENCE_MILLIS))) {
                LOG.warn(
                        "Could not publish STOPPING; other processes notice the stop by the missing"
                                + " heartbeat");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Producer<String, byte[]> producer = new KafkaProducer<>(properties())) {
            long spokenNanos = System.nanoTime() - every.toNanos();
            boolean spoken = false;
            boolean everReady = false;
            List<Followers.Word> said = List.of();
            while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                boolean isReady = ready.getAsBoolean();
                long silentNanos = System.nanoTime() - spokenNanos;
                everReady |= isReady;
                List<Followers.Word> words = life.followers().words();
                boolean due = !spoken || silentNanos >= every.toNanos() || !words.equals(said);
                if (everReady && due) {
                    spoken = say(producer, ServiceState.SERVICE_STATE_READY);
                    spokenNanos = System.nanoTime();
                    said = words;
                }
            }
            say(producer, ServiceState.SERVICE_STATE_STOPPING);
            producer.close(Duration.ofMillis(PATIENCE_MILLIS));
        } catch (InterruptedException e) {
            LOG.debug("told to stop", e);
        }
    }

    private boolean say(Producer<String, byte[]> producer, ServiceState state) {
        ControlEvent event = life.says(state, 0);
        try {
            List<PartitionInfo> partitions = producer.partitionsFor(Topics.CONTROL);
            for (PartitionInfo partition : partitions) {
                // Lost where Kafka goes away now; the next word follows.
                Future<RecordMetadata> _ = producer.send(Records.of(event, partition.partition()));
            }
            return true;
        } catch (KafkaException e) {
            LOG.debug("{} is not said: {}", state, e.getMessage());
            return false;
        }
    }

    private Map<String, Object> properties() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ProducerConfig.CLIENT_ID_CONFIG,
                "kontor-herald-" + life.service(),
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                PATIENCE_MILLIS / 2,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS / 2,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS);
    }
}
