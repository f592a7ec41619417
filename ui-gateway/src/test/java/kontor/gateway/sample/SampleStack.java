package kontor.gateway.sample;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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
import kontor.analysis.v1.AnalysisResult;
import kontor.analysis.v1.Message;
import kontor.commands.v1.Receipt;
import kontor.control.v1.AdapterStatus;
import kontor.control.v1.ControlEvent;
import kontor.gateway.sample.SampleSession.Step;
import kontor.log.Addresses;
import kontor.log.EventDetail;
import kontor.log.Payloads;
import kontor.log.Words;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.Protocol;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.Verdict;
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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

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
        SCHEMAS.forEach(this::migrate);
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
        recordSession(session);
        session.steps().forEach(this::record);
        return session;
    }

    /** As journal and analysis write it. */
    public void record(Step step) {
        record(step.event());
        step.receipts().forEach(this::record);
        step.results().forEach(this::record);
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

    public void recordSession(SampleSession session) {
        jdbc.sql(
                        "insert into capture.sessions (session_id, lab, ordinal, started_at) values"
                                + " (:id, :lab, (select count(*) + 1 from capture.sessions where"
                                + " lab = :lab), :at)")
                .param("id", session.id())
                .param("lab", session.lab())
                .param("at", at(session.startedAt()))
                .update();
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

    private void record(SessionEvent event) {
        UUID session = UUID.fromString(event.getSessionId());
        if (event.hasSessionEnded()) {
            jdbc.sql(
                            "update capture.sessions set ended_at = :at, end_reason = 'requested'"
                                    + " where session_id = :id")
                    .param("id", session)
                    .param("at", micros(event.getSequencedAtMicros()))
                    .update();
        }
        if (event.hasFlow()) {
            record(session, event.getSessionSequence(), event.getFlow());
        }
        boolean said = event.hasAdapterEvent();
        AdapterEvent adapterEvent = event.getAdapterEvent();
        jdbc.sql(
                        """
                        insert into capture.events values (
                          :session, :sequence, :type, :epoch, :sequencedAt, :verdict,
                          :verdictDetail, :instance, :run, :adapterSequence, :capturedAt, :flow,
                          :fromOpener, :payload, :crc, :delivered, :topic, 0, :offset,
                          cast(:detail as jsonb))
                        """)
                .param("session", session)
                .param("sequence", event.getSessionSequence())
                .param("type", Records.typeOf(event))
                .param("epoch", event.getOwnerEpoch())
                .param("sequencedAt", micros(event.getSequencedAtMicros()))
                .param("verdict", Words.of(Verdict.getDescriptor(), event.getVerdictValue()))
                .param("verdictDetail", emptyToNull(event.getVerdictDetail()))
                .param("instance", said ? adapterEvent.getInstance() : null)
                .param("run", said ? UUID.fromString(adapterEvent.getRunId()) : null)
                .param("adapterSequence", said ? adapterEvent.getAdapterSequence() : null)
                .param("capturedAt", said ? micros(adapterEvent.getCapturedAtMicros()) : null)
                .param("flow", event.hasFlow() ? event.getFlow().getNumber() : null)
                .param("fromOpener", event.hasFlow() ? event.getFlow().getFromOpener() : null)
                .param("payload", bytes(Payloads.of(event)))
                .param("delivered", bytes(Payloads.delivered(event)))
                .param("crc", Integer.toUnsignedLong(adapterEvent.getPayloadCrc32C()))
                .param("topic", event.getInput().getTopic())
                .param("offset", event.getInput().getOffset())
                .param("detail", detail(event))
                .update();
        event.getDeliveriesList()
                .forEach(delivery ->
                        jdbc.sql("insert into capture.deliveries values (?, ?, ?, ?, ?)")
                                .params(
                                        session,
                                        event.getSessionSequence(),
                                        delivery.getInstance(),
                                        UUID.fromString(delivery.getTargetRunId()),
                                        delivery.getCommandSequence())
                                .update());
    }

    private void record(UUID session, long sequence, SessionFlow flow) {
        Endpoint opener = flow.getOpener().getEndpoint();
        Endpoint target = flow.getTarget().getEndpoint();
        jdbc.sql(
                        """
                        insert into capture.flows (session_id, flow, protocol, opener_instance,
                          opener_address, opener_port, target_instance, target_address,
                          target_port, first_sequence, reference_run_id, reference_number)
                        values (:session, :flow, :protocol, :opener, cast(:openerAddress as inet),
                          :openerPort, :target, cast(:targetAddress as inet), :targetPort, :first,
                          cast(:run as uuid), :number)
                        on conflict do nothing
                        """)
                .param("session", session)
                .param("flow", flow.getNumber())
                .param("protocol", Words.of(Protocol.getDescriptor(), flow.getProtocolValue()))
                .param("opener", flow.getOpener().getInstance())
                .param("openerAddress", address(opener))
                .param("openerPort", opener.getPort())
                .param("target", emptyToNull(flow.getTarget().getInstance()))
                .param("targetAddress", address(target))
                .param("targetPort", target.getPort())
                .param("first", sequence)
                .param("run", flow.hasReference() ? flow.getReference().getRunId() : null)
                .param("number", flow.hasReference() ? flow.getReference().getNumber() : null)
                .update();
    }

    private void record(Receipt receipt) {
        jdbc.sql("insert into capture.receipts values (?, ?, ?, ?, ?, ?, 'done', ?, ?, null)")
                .params(
                        UUID.fromString(receipt.getTargetRunId()),
                        receipt.getCommandSequence(),
                        receipt.getInstance(),
                        UUID.fromString(receipt.getRunId()),
                        UUID.fromString(receipt.getSessionId()),
                        receipt.getSessionSequence(),
                        micros(receipt.getDoneAtMicros()),
                        receipt.getPayloadBytes())
                .update();
    }

    private void record(AnalysisResult result) {
        for (Message message : result.getMessagesList()) {
            StringBuilder spans = new StringBuilder();
            message.getSpansList()
                    .forEach(span ->
                            spans.append(spans.isEmpty() ? "[" : ",")
                                    .append(
                                            "{\"sequence\": %d, \"offset\": %d, \"length\": %d}"
                                                    .formatted(
                                                            span.getSessionSequence(),
                                                            span.getOffset(),
                                                            span.getLength())));
            StringBuilder fields = new StringBuilder("[");
            message.getFieldsList()
                    .forEach(field ->
                            fields.append(fields.length() == 1 ? "" : ",").append(json(field)));
            jdbc.sql(
                            """
                            insert into analysis.messages values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                              'whole', null, ?, cast(? as jsonb), cast(? as jsonb))
                            """)
                    .params(
                            UUID.fromString(result.getSessionId()),
                            result.getSessionSequence(),
                            message.getIndex(),
                            result.getAnalyzer(),
                            result.getAnalyzerVersion(),
                            message.getFlow(),
                            message.getFromInstance(),
                            message.getToInstance(),
                            message.getProtocol(),
                            message.getType(),
                            message.getSummary(),
                            message.getSpans(0).getLength(),
                            spans + "]",
                            fields + "]")
                    .update();
        }
    }

    private static @Nullable String detail(SessionEvent event) {
        Map<String, Object> detail = EventDetail.of(event);
        return detail.isEmpty() ? null : new JsonMapper().writeValueAsString(detail);
    }

    private static byte @Nullable [] bytes(@Nullable ByteString payload) {
        return payload == null ? null : payload.toByteArray();
    }

    private static String json(kontor.analysis.v1.Field field) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(field);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String address(Endpoint endpoint) {
        return Addresses.orNull(endpoint.getAddress()) == null
                ? null
                : Addresses.text(endpoint.getAddress());
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static OffsetDateTime micros(long micros) {
        return at(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    @Override
    public void close() {
        producer.close();
        pool.close();
    }
}
