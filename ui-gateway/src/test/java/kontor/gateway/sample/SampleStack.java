package kontor.gateway.sample;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kontor.control.v1.AdapterStatus;
import kontor.control.v1.ControlEvent;
import kontor.gateway.sample.SampleSession.Step;
import kontor.sessions.v1.SessionEvent;
import kontor.testing.infrastructure.NumberRangesTrigger;
import kontor.testing.infrastructure.TestDatabase;
import kontor.testing.infrastructure.TestKafka;
import kontor.testing.infrastructure.TestProducer;
import kontor.topics.Records;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;
import kontor.topics.Topics;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Broker and database, and what orchestrator, adapters, journal and analysis would put into them.
 */
public final class SampleStack implements AutoCloseable {

    private static final List<Path> SCHEMAS =
            List.of(
                    Path.of("../journal/src/main/resources/db/capture"),
                    Path.of("../analysis-service/src/main/resources/db/analysis"));

    private static final Pattern VERSION = Pattern.compile("V(\\d+)__.*\\.sql");

    private final TestKafka kafka = TestKafka.shared();
    private final TestDatabase database = TestDatabase.create();
    private final HikariDataSource pool = new HikariDataSource();
    private final JdbcClient jdbc;
    private final SampleRows rows;
    private final Producer<String, byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    public SampleStack() {
        kafka.recreateTopics(
                TopicCatalogue.forInstances(
                        List.of(new InstanceName("game1"), new InstanceName("game2")),
                        TopicSettings.STANDARD));
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(2);
        jdbc = JdbcClient.create(pool);
        rows = new SampleRows(jdbc);
        SCHEMAS.forEach(this::migrate);
        jdbc.sql(NumberRangesTrigger.SQL).update();
        SampleFields.declare(jdbc);
        producer = TestProducer.connectedTo(kafka.bootstrapServers());
    }

    /** As Flyway would, in the order of the versions. */
    private void migrate(Path schema) {
        NavigableMap<Integer, Path> migrations = new TreeMap<>();
        try (Stream<Path> files = Files.list(schema)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = VERSION.matcher(file.getFileName().toString());
                if (name.matches()) {
                    migrations.put(Integer.valueOf(name.group(1)), file);
                }
            }
            for (Path file : migrations.values()) {
                jdbc.sql(Files.readString(file)).update();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String kafkaServers() {
        return kafka.bootstrapServers();
    }

    public TestDatabase database() {
        return database;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** As orchestrator, adapters and analysis send it. */
    public void publish(Step step) {
        send(Records.of(step.event(), 0));
        step.receipts().forEach(receipt -> send(Records.of(receipt)));
        step.results().forEach(result -> send(Records.of(result)));
    }

    /**
     * Puts the adapter event into {@code kontor.packets}.
     *
     * @return the step with the place where it stands there
     */
    public Step publishPacket(Step step) {
        if (!step.event().hasAdapterEvent()) {
            return step;
        }
        long offset = end(Topics.PACKETS);
        send(Records.of(step.event().getAdapterEvent()));
        SessionEvent.Builder placed = step.event().toBuilder();
        placed.getInputBuilder().setOffset(offset);
        return new Step(placed.build(), step.receipts(), step.results());
    }

    public void publish(SessionEvent event) {
        send(Records.of(event, 0));
    }

    /** Returns once the broker has it. */
    public void send(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the test broker did not take a record", e);
        }
    }

    /** Sends it; the broker has it once {@link #awaitPublished} has returned. */
    public void publishLater(SessionEvent event) {
        sent.add(producer.send(Records.of(event, 0)));
    }

    /** The same for an event and what analysis says of it. */
    public void publishLater(Step step) {
        publishLater(step.event());
        step.results().forEach(result -> sent.add(producer.send(Records.of(result))));
    }

    public void awaitPublished() {
        for (Future<RecordMetadata> record : sent) {
            try {
                record.get();
            } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException("the test broker did not take a record", e);
            }
        }
        sent.clear();
    }

    /** Notes where a session stands in a topic's only partition, as the journal does. */
    public void range(SampleSession session, String topic, long first, long last, long epoch) {
        jdbc.sql("insert into capture.session_ranges values (?, ?, 0, ?, ?, ?)")
                .params(session.id(), topic, first, last, epoch)
                .update();
    }

    /** All of it, as journal and analysis write it. */
    public SampleSession record(SampleSession session) {
        rows.session(session);
        session.steps().forEach(this::record);
        return session;
    }

    /** As journal and analysis write it. */
    public void record(Step step) {
        rows.event(step.event());
        step.receipts().forEach(rows::receipt);
        step.results().forEach(rows::result);
    }

    /** Says that the journal has read all that there is. */
    public void journalCaughtUp() {
        jdbc.sql("delete from capture.journal_positions").update();
        position(Topics.SESSION_EVENTS, end(Topics.SESSION_EVENTS));
        position(Topics.RECEIPTS, end(Topics.RECEIPTS));
    }

    /** Says that analysis has come to the end of a session. */
    public void analysed(SampleSession session) {
        jdbc.sql("insert into analysis.sessions values (:id, :lab, :topic, 0, 0, 1, true)")
                .param("id", session.id())
                .param("lab", session.lab())
                .param("topic", Topics.SESSION_EVENTS)
                .update();
    }

    /** The end of a topic's only partition. */
    public long end(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Consumer<String, byte[]> consumer = consumer()) {
            return requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
        }
    }

    /** All records of a topic from an offset on to its end. */
    public List<ConsumerRecord<String, byte[]>> read(String topic, long from) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        long end = end(topic);
        try (Consumer<String, byte[]> consumer = consumer()) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private Consumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private void position(String topic, long next) {
        boolean withTopicId =
                jdbc.sql(
                                "select exists(select from information_schema.columns"
                                        + " where table_name = 'journal_positions'"
                                        + " and column_name = 'topic_id')")
                        .query(Boolean.class)
                        .single();
        jdbc.sql(
                        "insert into capture.journal_positions (topic, partition, next_offset,"
                                + " owner_epoch"
                                + (withTopicId ? ", topic_id" : "")
                                + ") values (:topic, 0, :next, 1"
                                + (withTopicId ? ", gen_random_uuid()" : "")
                                + ")")
                .param("topic", topic)
                .param("next", next)
                .update();
    }

    /** The session without its events. */
    public void recordSession(SampleSession session) {
        rows.session(session);
    }

    public void status(String lab, String instance, UUID run, Instant now, long captured) {
        send(
                Records.of(
                        ControlEvent.newBuilder()
                                .setLab(lab)
                                .setControlId(UUID.randomUUID().toString())
                                .setSender("adapter-service")
                                .setSentAtMicros(ChronoUnit.MICROS.between(Instant.EPOCH, now))
                                .setAdapterStatus(
                                        AdapterStatus.newBuilder()
                                                .setInstance(instance)
                                                .setRunId(run.toString())
                                                .setRunStartedAtMicros(
                                                        ChronoUnit.MICROS.between(
                                                                Instant.EPOCH,
                                                                now.minusSeconds(60)))
                                                .setCapturedEvents(captured)
                                                .setPublishedEvents(captured)
                                                .setSpoolLimitBytes(64 << 20)
                                                .setOpenFlows(3))
                                .build()));
    }

    @Override
    public void close() {
        producer.close();
        pool.close();
    }
}
