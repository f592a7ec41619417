package kontor.players.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import kontor.players.traffic.LatencySummary;
import kontor.players.traffic.Pace;
import kontor.players.traffic.Stamp;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * What a relay over Kafka cannot be faster than: several producers, a topic with one partition, one
 * loop that takes what a poll brings and sends it on, a topic for each receiver, several consumers.
 * Idempotent producers, all acknowledgements, no lingering. The topics are its own, and gone when
 * it is closed.
 */
public final class KafkaHops implements AutoCloseable {

    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The owner and the standby of its lab, journal, analysis and gateway. */
    private static final int READERS_OF_THE_SESSION_LOG = 5;

    private static final int FETCH_WAIT_MILLIS = 500;

    /** Who watches prefers more at once to sooner. */
    private static final int WATCHED_BYTES = 256 * 1024;

    private static final Exit NOWHERE = (game, stamp, packet) -> {};

    /** The game that receives what is sent as fast as it goes. */
    private static final int FLOODED = 1;

    private final int games;
    private final int watchers;
    private final Exit exit;
    private final String prefix = "kontor-bench-" + UUID.randomUUID();
    private final Admin admin;
    private final List<String> topics = new ArrayList<>();
    private final List<KafkaProducer<byte[], byte[]>> producers = new ArrayList<>();
    private final List<KafkaConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    private final List<Thread> loops = new ArrayList<>();
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong arrived = new AtomicLong();
    private volatile Phase phase = new Phase(Long.MAX_VALUE);
    private volatile boolean closed;

    /** Takes what has come over both hops, in the thread that reads what is for a game. */
    @FunctionalInterface
    interface Exit {

        void leave(int game, Stamp stamp, byte[] packet);
    }

    /** A phase's latencies; packets that were due before it began are none of its. */
    private static final class Phase {

        private final long fromNanos;
        private final Histogram latency = new Histogram(LONGEST_NANOS, 3);

        Phase(long fromNanos) {
            this.fromNanos = fromNanos;
        }

        synchronized void arrived(Stamp stamp, long now) {
            if (stamp.dueNanos() >= fromNanos) {
                latency.recordValue(Math.clamp(now - stamp.dueNanos(), 0, LONGEST_NANOS));
            }
        }

        synchronized LatencySummary summary() {
            return LatencySummary.of(latency);
        }
    }

    private KafkaHops(String servers, int games, int watchers, Exit exit) {
        this.games = games;
        this.watchers = watchers;
        this.exit = exit;
        this.admin = Admin.create(Map.of("bootstrap.servers", servers));
    }

    /**
     * Makes topics and clients; blocks until all are connected.
     *
     * @throws ExecutionException if the broker refuses or cannot be reached
     */
    public static KafkaHops open(String servers, int games)
            throws ExecutionException, InterruptedException {
        return open(servers, games, 0, NOWHERE);
    }

    /**
     * The same with a log: the loop between the hops writes all that it sends on there besides, and
     * as many consumers read it as read a session log. Nobody waits for them.
     *
     * @param exit is given what has come over both hops
     * @throws ExecutionException if the broker refuses or cannot be reached
     */
    static KafkaHops openWithLog(String servers, int games, Exit exit)
            throws ExecutionException, InterruptedException {
        return open(servers, games, READERS_OF_THE_SESSION_LOG, exit);
    }

    private static KafkaHops open(String servers, int games, int watchers, Exit exit)
            throws ExecutionException, InterruptedException {
        KafkaHops hops = new KafkaHops(servers, games, watchers, exit);
        try {
            hops.start(servers);
            return hops;
        } catch (ExecutionException | InterruptedException | RuntimeException e) {
            hops.close();
            throw e;
        }
    }

    private void start(String servers) throws ExecutionException, InterruptedException {
        topics.add(prefix + "-in");
        for (int i = 0; i < games; i++) {
            topics.add(prefix + "-out-" + i);
        }
        String log = prefix + "-log";
        if (watchers > 0) {
            topics.add(log);
        }
        admin.createTopics(topics.stream().map(t -> new NewTopic(t, 1, (short) 1)).toList())
                .all()
                .get();
        for (int i = 0; i < games + 1; i++) {
            producers.add(producer(servers));
        }
        KafkaProducer<byte[], byte[]> onward = producers.getLast();
        loop(
                "hop",
                consumer(servers, topics.getFirst()),
                entry -> {
                    @Nullable Stamp stamp = stamp(entry);
                    if (stamp != null) {
                        send(onward, topics.get(1 + stamp.to()), entry.value());
                        if (watchers > 0) {
                            send(onward, log, entry.value());
                        }
                    }
                });
        for (int i = 0; i < watchers; i++) {
            loop("watcher", consumer(servers, log, WATCHED_BYTES), _ -> {});
        }
        for (int i = 0; i < games; i++) {
            int game = i;
            loop(
                    "end",
                    consumer(servers, topics.get(1 + i)),
                    entry -> {
                        long now = System.nanoTime();
                        @Nullable Stamp stamp = stamp(entry);
                        if (stamp != null) {
                            phase.arrived(stamp, now);
                            arrived.incrementAndGet();
                            exit.leave(game, stamp, entry.value());
                        }
                    });
        }
    }

    /** Sends a packet that begins with a stamp from a game on its way; does not wait. */
    void enter(int game, byte[] packet) {
        send(producers.get(game), topics.getFirst(), packet);
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String topic, byte[] packet) {
        var _ =
                producer.send(
                        new ProducerRecord<>(topic, packet),
                        (_, failure) -> {
                            if (failure != null) {
                                failures.add(failure);
                            }
                        });
    }

    private static @Nullable Stamp stamp(ConsumerRecord<byte[], byte[]> entry) {
        return Stamp.readFirst(entry.value());
    }

    private static KafkaProducer<byte[], byte[]> producer(String servers) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer(String servers, String topic) {
        return consumer(servers, topic, 1);
    }

    private KafkaConsumer<byte[], byte[]> consumer(String servers, String topic, int fetchBytes) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                servers,
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                                fetchBytes,
                                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                FETCH_WAIT_MILLIS,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumers.add(consumer);
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.position(partition);
        return consumer;
    }

    @FunctionalInterface
    private interface Taker {
        void take(ConsumerRecord<byte[], byte[]> entry);
    }

    private void loop(String role, KafkaConsumer<byte[], byte[]> consumer, Taker taker) {
        loops.add(
                Thread.ofPlatform()
                        .daemon()
                        .name("kontor-bench-%s-%d".formatted(role, loops.size() + 1))
                        .start(() -> {
                            try {
                                while (!closed) {
                                    consumer.poll(POLL).forEach(taker::take);
                                }
                            } catch (WakeupException e) {
                                // Closed.
                            } catch (RuntimeException e) {
                                failures.add(e);
                            }
                        }));
    }

    /**
     * Sends at a fixed beat, and tells how long it took.
     *
     * @throws IllegalStateException if not every packet arrived
     */
    public LatencySummary run(int perSecond, int size, Duration warmUp, Duration duration)
            throws InterruptedException {
        long start = System.nanoTime() + 20_000_000;
        long end = start + warmUp.plus(duration).toNanos();
        Phase current = new Phase(start + warmUp.toNanos());
        phase = current;
        long before = arrived.get();
        AtomicLong sent = new AtomicLong();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < games; i++) {
            int from = i;
            Pace pace = new Pace(start + (long) (i * 1e9 / perSecond / games), perSecond);
            senders.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("kontor-bench-sender-" + (i + 1))
                            .start(() -> send(from, pace, size, end, sent)));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        awaitArrived(before, sent.get());
        return current.summary();
    }

    /**
     * Sends from one game to another as fast as the producer takes it, over both hops, and returns
     * how many records a second arrived, of what was sent in that time.
     *
     * @throws IllegalStateException if not every record arrived
     */
    public double bulk(int size, Duration duration) throws InterruptedException {
        return flood(topics.getFirst(), size, duration);
    }

    /** The same over one hop: what Kafka brings from a producer to a consumer. */
    public double oneHop(int size, Duration duration) throws InterruptedException {
        return flood(topics.get(1 + FLOODED), size, duration);
    }

    private double flood(String topic, int size, Duration duration) throws InterruptedException {
        phase = new Phase(Long.MAX_VALUE);
        long began = System.nanoTime();
        long end = began + duration.toNanos();
        long before = arrived.get();
        long sent = 0;
        byte[] packet = new byte[size];
        while (System.nanoTime() < end) {
            new Stamp(0, FLOODED, sent++, end).writeTo(packet, size);
            send(producers.getFirst(), topic, packet.clone());
        }
        awaitArrived(before, sent);
        return sent / ((System.nanoTime() - began) / 1e9);
    }

    private void awaitArrived(long before, long sent) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long seen = -1;
        while (arrived.get() - before < sent && System.nanoTime() < deadline) {
            if (arrived.get() != seen) {
                seen = arrived.get();
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
            Thread.sleep(2);
        }
        @Nullable Exception failure = failures.poll();
        if (failure != null || arrived.get() - before != sent) {
            throw new IllegalStateException(
                    "of %d records that were sent %d arrived"
                            .formatted(sent, arrived.get() - before),
                    failure);
        }
    }

    private void send(int from, Pace pace, int size, long end, AtomicLong sent) {
        for (long number = 0; ; number++) {
            long due = pace.next();
            if (due >= end) {
                return;
            }
            int to = (int) ((from + 1 + number % (games - 1)) % games);
            byte[] packet = new byte[size];
            new Stamp(from, to, number, due).writeTo(packet, size);
            sent.incrementAndGet();
            enter(from, packet);
        }
    }

    @Override
    public void close() {
        closed = true;
        consumers.forEach(KafkaConsumer::wakeup);
        for (Thread loop : loops) {
            try {
                loop.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        consumers.forEach(KafkaConsumer::close);
        producers.forEach(producer -> producer.close(Duration.ofSeconds(5)));
        admin.deleteTopics(topics);
        admin.close(Duration.ofSeconds(5));
    }
}
