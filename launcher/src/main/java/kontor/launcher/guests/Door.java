package kontor.launcher.guests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what guests write to their own topics into the topics that all share, in the order of each
 * topic, as {@link DoorKeeper} decides. After a kill it goes on at the position it last noted: what
 * was copied since is copied again, which all readers know by its sequence.
 *
 * <p>Runs on a daemon thread of its own until the JVM ends; when the broker is away it waits. A
 * record that is refused is left out and said, at first and at each doubling.
 */
public final class Door {

    private static final Logger log = LoggerFactory.getLogger(Door.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();

    private final String servers;
    private final DoorKeeper keeper;
    private final Map<String, Long> refused = new HashMap<>();

    private Door(String servers, String lab) {
        this.servers = servers;
        this.keeper = new DoorKeeper(lab);
    }

    /**
     * Opens it; returns at once.
     *
     * @param servers where the broker asks for no password
     */
    public static void open(String servers, String lab) {
        Thread.ofPlatform().daemon().name("kontor-door-1").start(new Door(servers, lab)::run);
    }

    private void run() {
        while (true) {
            try (Consumer<String, byte[]> consumer = consumer();
                    Producer<String, byte[]> producer = producer()) {
                pass(consumer, producer);
            } catch (InterruptException | InterruptedException e) {
                log.debug("The door closes", e);
                return;
            } catch (ExecutionException | KafkaException e) {
                log.warn("Guests' records wait at the door; retrying in 1 s: {}", e.getMessage());
                if (!paused()) {
                    return;
                }
            } catch (RuntimeException e) {
                log.error("Unexpected error at the door for guests (bug); retrying in 1 s", e);
                if (!paused()) {
                    return;
                }
            }
        }
    }

    private static boolean paused() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void pass(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer)
            throws InterruptedException, ExecutionException {
        long lookedNanos = System.nanoTime() - LOOK_NANOS;
        while (true) {
            if (System.nanoTime() - lookedNanos >= LOOK_NANOS) {
                look(consumer);
                lookedNanos = System.nanoTime();
            }
            if (consumer.assignment().isEmpty()) {
                Thread.sleep(POLL);
                continue;
            }
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                copy(records, producer);
                // Lost with a kill: then some are copied again.
                consumer.commitAsync();
            }
        }
    }

    /** Adds the topics of guests invited since. */
    private static void look(Consumer<String, byte[]> consumer) {
        Set<TopicPartition> all =
                consumer.listTopics().keySet().stream()
                        .filter(DoorKeeper::isOfGuest)
                        .map(topic -> new TopicPartition(topic, 0))
                        .collect(Collectors.toCollection(HashSet::new));
        if (!all.equals(consumer.assignment())) {
            // New topics begin at the group's position, or at the beginning.
            Map<TopicPartition, Long> positions = new HashMap<>();
            consumer.assignment().forEach(each -> positions.put(each, consumer.position(each)));
            consumer.assign(all);
            positions.forEach((partition, position) -> {
                if (all.contains(partition)) {
                    consumer.seek(partition, position);
                }
            });
            log.info("The door is open for {}", all);
        }
    }

    private void copy(ConsumerRecords<String, byte[]> records, Producer<String, byte[]> producer)
            throws InterruptedException, ExecutionException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(records.count());
        for (ConsumerRecord<String, byte[]> record : records) {
            switch (keeper.decide(record)) {
                case DoorKeeper.Word.Pass(var copy) -> sent.add(producer.send(copy));
                case DoorKeeper.Word.Refuse(String reason) -> refuse(record, reason);
            }
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    private void refuse(ConsumerRecord<String, byte[]> record, String reason) {
        long count = refused.merge(record.topic(), 1L, Long::sum);
        if (Long.bitCount(count) == 1) {
            log.warn(
                    "Record at offset {} of {} {}; it is left out, as were {} in all",
                    record.offset(),
                    record.topic(),
                    reason,
                    count);
        }
    }

    private Consumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "kontor-door",
                        // For the positions only; nothing is shared out.
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "kontor-door",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private Producer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "kontor-door",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        Integer.MAX_VALUE,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        Integer.MAX_VALUE),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
