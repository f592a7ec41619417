package kontor.journal;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import kontor.commands.v1.Outcome;
import kontor.commands.v1.Receipt;
import kontor.testing.infrastructure.TestDatabase;
import kontor.testing.infrastructure.TestKafka;
import kontor.testing.infrastructure.TestProducer;
import kontor.topics.Followers;
import kontor.topics.Records;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;
import kontor.topics.TopicSpec;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.util.unit.DataSize;

/** Topics made anew on a real broker, and the journals that read them, each with its own thread. */
final class JournalBed {

    /** A transaction for each record takes a minute of a slow machine. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String servers;
    private final Map<String, Object> connection;

    JournalBed() {
        TestKafka kafka = TestKafka.shared();
        servers = kafka.bootstrapServers();
        connection = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        kafka.recreateTopics(topics());
    }

    static List<TopicSpec> topics() {
        return TopicCatalogue.forInstances(List.of(), TopicSettings.STANDARD.withPartitions(2))
                .stream()
                .filter(topic -> Journal.TOPICS.contains(topic.name()))
                .toList();
    }

    static DataSource database() {
        TestDatabase database = TestDatabase.create();
        return database(database.jdbcUrl(), database.user(), database.password());
    }

    static DataSource database(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    static JournalSettings settings(int batchRecords) {
        return new JournalSettings(
                true,
                "kontor-journal",
                batchRecords,
                DataSize.ofMegabytes(8),
                Duration.ofMillis(50),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofMillis(200),
                Duration.ofMillis(20),
                2,
                Duration.ofSeconds(10));
    }

    /**
     * Appends a lab's log and receipts. Each receipt is said twice; a zombie's copy of each second
     * command was refused before, and one of each third is refused afterwards.
     */
    void append(RecordedLab lab) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        lab.log.forEach(event -> records.add(Records.of(event, lab.partition)));
        refuse(lab, 2, records);
        for (int time = 0; time < 2; time++) {
            lab.receipts.forEach(receipt -> records.add(Records.of(receipt)));
        }
        refuse(lab, 3, records);
        append(records);
    }

    private static void refuse(
            RecordedLab lab, int every, List<ProducerRecord<String, byte[]>> records) {
        for (int i = 0; i < lab.receipts.size(); i += every) {
            Receipt refusal =
                    lab.receipts.get(i).toBuilder()
                            .setOutcome(Outcome.OUTCOME_STALE_OWNER)
                            .setPayloadBytes(0)
                            .setDetail("epoch 1 is over")
                            .build();
            records.add(Records.of(refusal));
        }
    }

    void append(ProducerRecord<String, byte[]> record) {
        append(List.of(record));
    }

    /** Blocks until the broker has acknowledged all. */
    private void append(List<ProducerRecord<String, byte[]>> records) {
        try (Producer<String, byte[]> producer = TestProducer.connectedTo(servers)) {
            List<Future<RecordMetadata>> acknowledgements =
                    records.stream().map(producer::send).toList();
            for (Future<RecordMetadata> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(
                    "the test broker did not take the records: " + e.getCause(), e);
        }
    }

    Running start(DataSource database, int batchRecords) {
        return new Running(database, batchRecords);
    }

    private ConsumerFactory<String, byte[]> consumers() {
        return new DefaultKafkaConsumerFactory<>(
                connection, StringDeserializer::new, ByteArrayDeserializer::new);
    }

    /** Whether all that is in the topics now is in the tables. */
    boolean isWritten(DataSource database) {
        PostgresJournal tables = new PostgresJournal(database);
        tables.migrate();
        Map<Position.Partition, Position> positions = tables.positions();
        try (KafkaLog log = new KafkaLog(consumers(), connection, Journal.TOPICS, settings(1))) {
            return log.ranges(log.partitions().keySet()).entrySet().stream()
                    .allMatch(range -> stands(positions, range.getKey(), range.getValue().end()));
        }
    }

    private static boolean stands(
            Map<Position.Partition, Position> positions, Position.Partition at, long end) {
        Position position = positions.get(at);
        return position != null && position.nextOffset() == end;
    }

    void awaitWritten(DataSource database) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> isWritten(database));
    }

    /** One journal on its thread. */
    final class Running implements AutoCloseable {

        final Followers followers = Followers.none();
        final JournalStatus status = new JournalStatus(followers.add("journal"));
        final JournalMeters meters = new JournalMeters(new SimpleMeterRegistry());
        private final Journal journal;
        private final Thread thread;

        private Running(DataSource database, int batchRecords) {
            JournalSettings settings = settings(batchRecords);
            journal =
                    new Journal(
                            new PostgresJournal(database),
                            () -> new KafkaLog(consumers(), connection, Journal.TOPICS, settings),
                            settings,
                            status,
                            meters);
            thread =
                    Thread.ofPlatform()
                            .name("kontor-journal-test")
                            .uncaughtExceptionHandler((_, failure) -> {
                                if (!(failure instanceof KillingDatabase.Killed)) {
                                    throw new AssertionError(failure);
                                }
                            })
                            .start(journal);
        }

        void awaitPhase(JournalStatus.Phase phase) {
            await().atMost(PATIENCE).until(() -> status.now().phase() == phase);
        }

        boolean isAlive() {
            return thread.isAlive();
        }

        void awaitEnd() {
            await().atMost(PATIENCE).until(() -> !thread.isAlive());
        }

        @Override
        public void close() {
            journal.stop();
            awaitEnd();
        }
    }
}
