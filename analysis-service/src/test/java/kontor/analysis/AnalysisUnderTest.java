package kontor.analysis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.analysis.v1.AnalysisResult;
import kontor.control.v1.ControlEvent;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Datagram;
import kontor.packets.v1.FlowData;
import kontor.packets.v1.FlowHalfClosed;
import kontor.packets.v1.FlowReference;
import kontor.packets.v1.Protocol;
import kontor.sessions.v1.FlowEnd;
import kontor.sessions.v1.OwnerClaim;
import kontor.sessions.v1.SessionEnded;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.SessionStarted;
import kontor.testing.infrastructure.TestDatabase;
import kontor.testing.infrastructure.TestKafka;
import kontor.testing.infrastructure.TestProducer;
import kontor.topics.Records;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;
import kontor.topics.TopicSpec;
import kontor.topics.Topics;
import kontor.vocabulary.Bytes;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A life of the service, or several, with a real broker and a real database. */
abstract class AnalysisUnderTest {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final int PARTITIONS = 2;
    static final String LAB = "lab";

    final TestKafka kafka = TestKafka.shared();
    final TestDatabase database = TestDatabase.create();
    final JdbcTemplate jdbc =
            new JdbcTemplate(
                    new DriverManagerDataSource(
                            database.jdbcUrl(), database.user(), database.password()));
    final Producer<String, byte[]> log = TestProducer.connectedTo(kafka.bootstrapServers());

    String session = UUID.randomUUID().toString();
    final List<ConfigurableApplicationContext> services = new ArrayList<>();
    long sequence;
    long epoch = 1;
    long written;

    @BeforeEach
    void emptyTopics() {
        List<TopicSpec> topics =
                TopicCatalogue.forInstances(
                                List.of(), TopicSettings.STANDARD.withPartitions(PARTITIONS))
                        .stream()
                        .filter(topic ->
                                topic.name().equals(Topics.SESSION_EVENTS)
                                        || topic.name().equals(Topics.ANALYSIS)
                                        || topic.name().equals(Topics.CONTROL))
                        .toList();
        kafka.recreateTopics(topics);
    }

    @AfterEach
    void stopAll() {
        services.forEach(ConfigurableApplicationContext::close);
        log.close();
    }

    ConfigurableApplicationContext start(String... arguments) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--KONTOR_KAFKA_SERVERS=" + kafka.bootstrapServers(),
                                "--KONTOR_HTTP_PORT=0",
                                "--KONTOR_POSTGRES_USER=" + database.user(),
                                "--KONTOR_ANALYSIS_RETRY_DELAY=100ms"));
        all.addAll(List.of(arguments));
        if (arguments.length == 0) {
            all.add("--KONTOR_POSTGRES_URL=" + database.jdbcUrl());
        }
        ConfigurableApplicationContext service =
                SpringApplication.run(AnalysisApplication.class, all.toArray(String[]::new));
        services.add(service);
        return service;
    }

    void send(SessionEvent event) {
        send(Records.of(event, 0));
    }

    void send(ProducerRecord<String, byte[]> entry) {
        assertThat(log.send(entry)).succeedsWithin(PATIENCE);
    }

    SessionEvent.Builder next() {
        return SessionEvent.newBuilder()
                .setLab(LAB)
                .setSessionId(session)
                .setSessionSequence(++sequence)
                .setOwnerEpoch(epoch);
    }

    SessionEvent claim() {
        return SessionEvent.newBuilder()
                .setLab(LAB)
                .setOwnerEpoch(epoch)
                .setOwnerClaim(OwnerClaim.getDefaultInstance())
                .build();
    }

    SessionEvent started() {
        return next().setSessionStarted(SessionStarted.newBuilder().setOrdinal(1)).build();
    }

    SessionEvent ended() {
        return next().setSessionEnded(SessionEnded.getDefaultInstance()).build();
    }

    SessionEvent data(Bytes payload) {
        FlowData data =
                FlowData.newBuilder()
                        .setStreamOffset(written)
                        .setPayload(ByteString.copyFrom(payload.toByteArray()))
                        .build();
        written += payload.length();
        return flow(1, Protocol.PROTOCOL_TCP, adapterEvent(payload).setFlowData(data));
    }

    SessionEvent datagram(Bytes payload) {
        Datagram datagram =
                Datagram.newBuilder()
                        .setPayload(ByteString.copyFrom(payload.toByteArray()))
                        .build();
        return flow(2, Protocol.PROTOCOL_UDP, adapterEvent(payload).setDatagram(datagram));
    }

    SessionEvent halfClosed() {
        return flow(
                1,
                Protocol.PROTOCOL_TCP,
                adapterEvent(Bytes.empty()).setFlowHalfClosed(FlowHalfClosed.getDefaultInstance()));
    }

    static AdapterEvent.Builder adapterEvent(Bytes payload) {
        return AdapterEvent.newBuilder()
                .setLab(LAB)
                .setInstance("game2")
                .setPayloadCrc32C(payload.isEmpty() ? 0 : payload.crc32c());
    }

    SessionEvent flow(int number, Protocol protocol, AdapterEvent.Builder event) {
        return next().setFlow(
                        SessionFlow.newBuilder()
                                .setNumber(number)
                                .setProtocol(protocol)
                                .setOpener(FlowEnd.newBuilder().setInstance("game2"))
                                .setTarget(FlowEnd.newBuilder().setInstance("game1"))
                                .setReference(
                                        FlowReference.newBuilder()
                                                .setRunId(new UUID(0, 7).toString())
                                                .setNumber(number))
                                .setFromOpener(true))
                .setAdapterEvent(event)
                .build();
    }

    void awaitRows(int expected) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> one("select count(*) from analysis.messages") == expected);
    }

    void awaitPosition(long nextOffset) {
        await().atMost(PATIENCE)
                .until(() -> one("select max(next_offset) from analysis.positions") == nextOffset);
    }

    long one(String query) {
        Long value = jdbc.queryForObject(query, Long.class);
        return value == null ? -1 : value;
    }

    List<String> column(String expression) {
        return jdbc.query(
                "select "
                        + expression
                        + " from analysis.messages order by session_sequence, message_index",
                (row, _) -> row.getString(1));
    }

    /** All that is on the topic, once there are as many as expected. */
    List<AnalysisResult> results(int expected) {
        List<AnalysisResult> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> all =
                    List.of(
                            new TopicPartition(Topics.ANALYSIS, 0),
                            new TopicPartition(Topics.ANALYSIS, 1));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            await().atMost(PATIENCE)
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(100))
                                .forEach(r -> found.add(Records.analysisResult(r)));
                        return found.size() >= expected;
                    });
        }
        return found;
    }

    /** All that is on the control topic so far, partition after partition. */
    List<ControlEvent> control() {
        List<ControlEvent> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrapServers()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                TopicPartition control = new TopicPartition(Topics.CONTROL, partition);
                consumer.assign(List.of(control));
                consumer.seekToBeginning(List.of(control));
                long end = requireNonNull(consumer.endOffsets(List.of(control)).get(control));
                while (consumer.position(control) < end) {
                    consumer.poll(Duration.ofMillis(100))
                            .forEach(r -> found.add(Records.controlEvent(r)));
                }
            }
        }
        return found;
    }
}
