package kontor.launcher.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kontor.commands.v1.AdapterCommand;
import kontor.players.bench.Interruption.Step;
import kontor.sessions.v1.SessionEvent;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.topics.UndecodableRecordException;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads beside a recovery when the log got a new owner, and when the first packet that was
 * sequenced afterwards was on its way to a game.
 *
 * <p>Has a thread of its own from its making to {@link #close}.
 */
final class RecoveryWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<String, byte[]> consumer;
    private final Thread thread = new Thread(this::watch, "kontor-recovery-watch-1");
    private final CountDownLatch flows = new CountDownLatch(1);
    private volatile boolean begun;
    private volatile long claimedNanos;
    private volatile long flowsNanos;

    /** Packets that were sequenced from then on count; 0: none yet. */
    private volatile long sinceMicros;

    private RecoveryWatch(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Blocks until it is at the ends of the topics. */
    static RecoveryWatch of(String servers, List<InstanceName> instances) {
        Consumer<String, byte[]> consumer = new KafkaConsumer<>(settings(servers));
        List<TopicPartition> partitions =
                Stream.concat(
                                Stream.of(Topics.SESSION_EVENTS),
                                instances.stream().map(Topics::commands))
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.endOffsets(partitions).forEach(consumer::seek);
        RecoveryWatch watch = new RecoveryWatch(consumer);
        watch.thread.start();
        return watch;
    }

    /** The interruption comes now; what a new owner sequences afterwards counts. */
    void begin() {
        begun = true;
    }

    /** Counts events sequenced from now on, by any owner. */
    void countFromNow() {
        sinceMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /**
     * Blocks until packets flow again.
     *
     * @return what is known by then
     */
    List<Step> steps(long beganNanos, Duration patience) throws InterruptedException {
        boolean _ = flows.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        return Stream.of(
                        step("claimed", claimedNanos, beganNanos),
                        step("first packet", flowsNanos, beganNanos))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Step> step(String name, long atNanos, long beganNanos) {
        return atNanos == 0
                ? Optional.empty()
                : Optional.of(new Step(name, Duration.ofNanos(atNanos - beganNanos)));
    }

    private void watch() {
        try (consumer) {
            while (!Thread.interrupted()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    onRecord(record);
                }
            }
        } catch (WakeupException | org.apache.kafka.common.errors.InterruptException e) {
            // Told to end.
        }
    }

    private void onRecord(ConsumerRecord<String, byte[]> record) {
        try {
            if (record.topic().equals(Topics.SESSION_EVENTS)) {
                onEvent(Records.sessionEvent(record));
            } else {
                onCommand(Records.adapterCommand(record));
            }
        } catch (UndecodableRecordException e) {
            // The services that own the topics report it.
        }
    }

    private void onEvent(SessionEvent event) {
        if (begun && claimedNanos == 0 && event.hasOwnerClaim()) {
            claimedNanos = System.nanoTime();
            countFromNow();
        }
    }

    /** A command that a new owner only gives again says nothing of when it was sequenced. */
    private void onCommand(AdapterCommand command) {
        if (sinceMicros != 0 && flowsNanos == 0 && command.getSequencedAtMicros() >= sinceMicros) {
            flowsNanos = System.nanoTime();
            flows.countDown();
        }
    }

    private static Map<String, Object> settings(String servers) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "kontor-recovery-watch",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                StringDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                100L,
                ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG,
                100L);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
