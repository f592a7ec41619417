package kontor.players.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.CaptureMethod;
import kontor.packets.v1.Datagram;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.RunStarted;
import kontor.packets.v1.RunStopped;
import kontor.players.traffic.Stamp;
import kontor.topics.Headers;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Labs without games, as an import has them: their adapters' events are published, the orchestrator
 * puts them in order and delivers nothing. That way more can be recorded at once, and by more labs,
 * than games and adapters fit on a machine. One thread publishes, one reads.
 */
public final class ObservedLabs implements AutoCloseable {

    private static final int INSTANCES = 2;
    private static final int PORT = 2300;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Set<String> labs = new LinkedHashSet<>();
    private final List<String> turns;
    private final Map<String, String> runs = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, String> sessions = new HashMap<>();
    private final Map<Integer, Long> ends = new HashMap<>();
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> log;
    private long sequenced;

    /**
     * Begins to read the session log at its end.
     *
     * @param count of labs, with names that are nobody else's
     */
    public ObservedLabs(String kafkaServers, int count) {
        String prefix = "bench-" + UUID.randomUUID().toString().substring(0, 8) + "-";
        for (int i = 1; i <= count; i++) {
            labs.add(prefix + i);
        }
        turns = List.copyOf(labs);
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                kafkaServers,
                                ProducerConfig.LINGER_MS_CONFIG,
                                0),
                        new StringSerializer(),
                        new ByteArraySerializer());
        log =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafkaServers, "enable.auto.commit", "false"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                log.partitionsFor(Topics.SESSION_EVENTS).stream()
                        .map(partition ->
                                new TopicPartition(partition.topic(), partition.partition()))
                        .toList();
        log.assign(partitions);
        log.seekToEnd(partitions);
        partitions.forEach(log::position);
    }

    /** Their names, in the order in which they take turns. */
    public List<String> labs() {
        return turns;
    }

    /** The sessions that have begun, by lab. */
    public Map<String, String> sessions() {
        return Map.copyOf(sessions);
    }

    /** Behind the newest record of these labs that was read from the session log, by partition. */
    public Map<Integer, Long> ends() {
        return Map.copyOf(ends);
    }

    /** All runs begin, and a session with the first datagram of each lab; waits for them. */
    public void start() throws InterruptedException {
        for (String lab : labs) {
            for (int instance = 1; instance <= INSTANCES; instance++) {
                publish(
                        event(lab, instance)
                                .setRunStarted(
                                        RunStarted.newBuilder()
                                                .setInstanceAddress(address(instance))
                                                .putPeerAddresses(
                                                        name(INSTANCES + 1 - instance),
                                                        address(INSTANCES + 1 - instance)))
                                .build());
            }
            datagram(lab, new Stamp(0, 1, 0, System.nanoTime()), Stamp.LENGTH);
        }
        awaitSequenced(labs.size(), (stamp, now) -> {});
    }

    /** Publishes one more, the next lab's. */
    public void publish(long number, long dueNanos, int size) {
        datagram(turns.get((int) (number % turns.size())), new Stamp(0, 1, number, dueNanos), size);
    }

    /**
     * Reads what is in the log by now.
     *
     * @param listener receives the stamp of each datagram of these labs, and the time
     */
    public void read(BiConsumer<Stamp, Long> listener) {
        for (ConsumerRecord<String, byte[]> record : log.poll(POLL)) {
            if (labs.contains(record.key())) {
                long now = System.nanoTime();
                ends.put(record.partition(), record.offset() + 1);
                Stamp stamp = stamp(record);
                if (stamp != null) {
                    sequenced++;
                    sessions.putIfAbsent(record.key(), session(record));
                    listener.accept(stamp, now);
                }
            }
        }
    }

    /**
     * Reads until so many datagrams of these labs have been in the log since the beginning.
     *
     * @throws IllegalStateException if none more comes for a minute
     */
    public void awaitSequenced(long wanted, BiConsumer<Stamp, Long> listener)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (sequenced < wanted) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long before = sequenced;
            read(listener);
            if (sequenced > before) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%d of %d events are in the session log, and no more come"
                                .formatted(sequenced, wanted));
            }
        }
    }

    /** Null for what is no datagram. */
    private static @Nullable Stamp stamp(ConsumerRecord<String, byte[]> record) {
        AdapterEvent event = Records.sessionEvent(record).getAdapterEvent();
        if (!event.hasDatagram()) {
            return null;
        }
        byte[] payload = event.getDatagram().getPayload().toByteArray();
        return Stamp.read(payload, 0, payload.length);
    }

    private static String session(ConsumerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader(Headers.SESSION).value(), UTF_8);
    }

    private void datagram(String lab, Stamp stamp, int size) {
        byte[] payload = new byte[size];
        stamp.writeTo(payload, size);
        CRC32C crc = new CRC32C();
        crc.update(payload);
        publish(
                event(lab, 1)
                        .setPayloadCrc32C((int) crc.getValue())
                        .setDatagram(
                                Datagram.newBuilder()
                                        .setSource(endpoint(1))
                                        .setDestination(endpoint(INSTANCES))
                                        .setPayload(ByteString.copyFrom(payload)))
                        .build());
    }

    private AdapterEvent.Builder event(String lab, int instance) {
        String who = lab + "/" + instance;
        return AdapterEvent.newBuilder()
                .setLab(lab)
                .setInstance(name(instance))
                .setRunId(runs.computeIfAbsent(who, _ -> UUID.randomUUID().toString()))
                .setAdapterSequence(sequences.merge(who, 1L, Long::sum))
                .setCapturedAtMicros(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()))
                .setSoftwareVersion("bench")
                .setCaptureMethod(CaptureMethod.CAPTURE_METHOD_IMPORT);
    }

    private void publish(AdapterEvent event) {
        var _ = producer.send(Records.of(event));
    }

    private static String name(int instance) {
        return "game" + instance;
    }

    private static ByteString address(int instance) {
        return ByteString.copyFrom(new byte[] {10, 0, 0, (byte) instance});
    }

    private static Endpoint endpoint(int instance) {
        return Endpoint.newBuilder().setAddress(address(instance)).setPort(PORT).build();
    }

    /** The runs stop. */
    @Override
    public void close() {
        for (String lab : labs) {
            for (int instance = 1; instance <= INSTANCES; instance++) {
                if (runs.containsKey(lab + "/" + instance)) {
                    publish(
                            event(lab, instance)
                                    .setRunStopped(RunStopped.getDefaultInstance())
                                    .build());
                }
            }
        }
        producer.close(Duration.ofSeconds(5));
        log.close();
    }
}
