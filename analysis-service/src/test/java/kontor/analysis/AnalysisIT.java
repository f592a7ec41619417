package kontor.analysis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.MeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import kontor.analysis.runtime.Connection;
import kontor.analysis.v1.AnalysisResult;
import kontor.analysis.v1.Completeness;
import kontor.analysis.v1.Message;
import kontor.control.v1.CancelRun;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.PromoteAnalyzer;
import kontor.control.v1.RunAnalyzer;
import kontor.control.v1.ServiceState;
import kontor.control.v1.ServiceStatus;
import kontor.control.v1.StartRun;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The service with a real broker and a real database. */
class AnalysisIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 2;
    private static final String LAB = "lab";

    private final TestKafka kafka = TestKafka.shared();
    private final TestDatabase database = TestDatabase.create();
    private final JdbcTemplate jdbc =
            new JdbcTemplate(
                    new DriverManagerDataSource(
                            database.jdbcUrl(), database.user(), database.password()));
    private final Producer<String, byte[]> log = TestProducer.connectedTo(kafka.bootstrapServers());
    private static final String RANGES_WRITTEN =
            "select session_id, field, block, lowest, highest from analysis.number_ranges";
    private static final String RANGES_OF_ROWS =
            """
            select session_id, f.key, session_sequence >> 10, min(v::numeric), max(v::numeric)
            from analysis.messages, jsonb_each(field_values) f, jsonb_array_elements_text(f.value) v
            where jsonb_path_exists(f.value, '$[*] ? (@.type() == "number")')
            group by 1, 2, 3
            """;
    private static final String DIFFERENT_RANGES = "select count(*) from (%s except %s) d";

    private String session = UUID.randomUUID().toString();
    private final List<ConfigurableApplicationContext> services = new ArrayList<>();
    private long sequence;
    private long epoch = 1;
    private long written;

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

    @Test
    void messagesAreStoredAndPublishedOnceEachAndVoidOrRepeatedRecordsChangeNothing() {
        start();
        send(claim());
        send(started());
        send(data(Captures.frame(5).payload()));
        SessionEvent game = datagram(Captures.samples().getFirst().bytes());
        send(game);
        send(game);
        send(new ProducerRecord<>(Topics.SESSION_EVENTS, 0, LAB, new byte[] {1, 2, 3}));
        epoch = 2;
        send(claim());
        send(game.toBuilder().setSessionSequence(4).build());
        send(datagram(Bytes.ofHex("00")));
        send(ended());

        awaitRows(3);
        assertThat(column("summary"))
                .containsExactly(
                        "ENUMSESSIONSREPLY \"DEBUG\" 1/2 players",
                        "PLAYERTABLE 2 players, 0: 0x03492818 (4, 1), 1: 0x0349281E (2, 1)",
                        "DATAGRAM 1 bytes");
        assertThat(column("completeness")).containsExactly("whole", "whole", "unknown");
        assertThat(column("fields #>> '{0,name}'"))
                .containsExactly("dplay.header", "dplay.player_msg.from", "data.data");
        assertThat(column("field_values = analysis.values_by_name(fields)"))
                .containsExactly("t", "t", "t");
        assertThat(column("field_values ->> 'dplay.command'").getFirst()).isEqualTo("[1]");
        assertThat(column("spans::text").getFirst())
                .isEqualTo("[{\"length\": 124, \"offset\": 0, \"sequence\": 2}]");
        assertThat(one("select count(*) from (%s) r".formatted(RANGES_WRITTEN))).isGreaterThan(10);
        assertThat(one(DIFFERENT_RANGES.formatted(RANGES_OF_ROWS, RANGES_WRITTEN))).isZero();
        assertThat(one(DIFFERENT_RANGES.formatted(RANGES_WRITTEN, RANGES_OF_ROWS))).isZero();
        await().atMost(PATIENCE)
                .until(() -> one("select count(*) from analysis.sessions where ended") == 1);

        List<AnalysisResult> results = results(3);
        assertThat(results)
                .extracting(AnalysisResult::getSessionSequence)
                .containsExactly(2L, 3L, 4L);
        Message reply = results.getFirst().getMessages(0);
        assertThat(reply.getFromInstance()).isEqualTo("game2");
        assertThat(reply.getToInstance()).isEqualTo("game1");
        assertThat(reply.getType()).isEqualTo("ENUMSESSIONSREPLY");
        assertThat(reply.getCompleteness()).isEqualTo(Completeness.COMPLETENESS_WHOLE);
        assertThat(results.getFirst().getAnalyzerVersion()).matches("[0-9a-f]{12}");
        assertThat(services.getFirst().getBean(MeterRegistry.class).getMeters())
                .extracting(meter -> meter.getId().getName())
                .contains(
                        "kafka.consumer.fetch.manager.records.lag.max",
                        "kafka.producer.request.total");
    }

    @Test
    void aRestartInTheMiddleOfAMessageLosesNothingAndDoublesNothing() {
        Bytes reply = Captures.frame(5).payload();
        Bytes players = Captures.frame(58).payload();
        start();
        send(claim());
        send(started());
        send(data(reply));
        send(data(players.slice(0, 200)));
        awaitRows(1);
        awaitPosition(4);
        services.getFirst().close();

        send(data(players.from(200)));
        start();
        awaitRows(2);
        assertThat(column("summary").getLast())
                .isEqualTo("SUPERENUMPLAYERSREPLY \"DEBUG\" 3 players, 1 groups");
        assertThat(column("spans::text").getLast())
                .isEqualTo(
                        "[{\"length\": 200, \"offset\": 0, \"sequence\": 3},"
                                + " {\"length\": 180, \"offset\": 0, \"sequence\": 4}]");
        // Ids of later messages are explained by what was said before the restart.
        send(datagram(Bytes.ofHex("1e2849031d284903ffff")));
        send(data(players.slice(0, 30)));
        send(halfClosed());
        awaitRows(4);
        assertThat(column("type"))
                .containsExactly(
                        "ENUMSESSIONSREPLY",
                        "SUPERENUMPLAYERSREPLY",
                        "PLAYERMESSAGE",
                        "SUPERENUMPLAYERSREPLY");
        assertThat(column("completeness").getLast()).isEqualTo("truncated");
        assertThat(results(4))
                .extracting(AnalysisResult::getSessionSequence)
                .containsExactly(2L, 4L, 5L, 7L);
    }

    @Test
    void aSessionGoesOnAtTheBoundaryThatTheOneBeforeKnewAcrossARestart() {
        // Player messages whose content nobody knows: nothing but their sizes tells where they end.
        String header = "00b0fa" + "020008fc" + "00".repeat(12);
        Bytes first = Bytes.ofHex("5c" + header + "ab".repeat(72));
        Bytes second = Bytes.ofHex("30" + header + "cd".repeat(28));
        start();
        send(claim());
        send(started());
        send(data(first.slice(0, 50)));
        send(ended());
        awaitRows(1);
        services.getLast().close();
        session = UUID.randomUUID().toString();
        sequence = 0;
        start();
        send(started());
        send(data(first.slice(50, 10)));
        awaitRows(2);
        services.getLast().close();
        start();
        send(data(first.from(60).plus(second)));
        awaitRows(4);
        assertThat(column("type || ' ' || completeness || ' ' || length"))
                .containsExactlyInAnyOrder(
                        "PLAYERMESSAGE truncated 50",
                        // The last two of the ten may be the first ones of a header.
                        "SKIPPED unknown 8",
                        "SKIPPED unknown 34",
                        "PLAYERMESSAGE whole 48");
    }

    @Test
    void theStateOfTheGameIsStoredAsChangesAndGoesOnAfterARestart() {
        start();
        send(claim());
        send(started());
        send(datagram(values("350000003133000044000000")));
        send(datagram(values("350000003133000048000000" + "39ff00002c00000051240000")));
        send(datagram(values("39ff00002c00000051240000")));
        awaitRows(3);
        awaitPosition(5);
        services.getFirst().close();

        start();
        // The service that has begun again knows what was said before.
        send(datagram(values("350000003133000048000000" + "39ff00002c00000052240000")));
        awaitRows(4);
        assertThat(
                        jdbc.query(
                                """
                                select path || ' ' || session_sequence || ' ' || ordinal || ' '
                                    || display || ' ' || coalesce(previous, 0)
                                from analysis.state_changes
                                order by session_sequence, message_index, ordinal
                                """,
                                (row, _) -> row.getString(1)))
                .containsExactly(
                        "0349281E/tax/0/0/0 2 0 0x44 0",
                        "0349281E/tax/0/0/0 3 0 0x48 68",
                        "0349281E/money 3 1 9297 0",
                        "0349281E/money 5 0 9298 9297");
        assertThat(
                        jdbc.query(
                                """
                                select path || ' ' || kind || ' ' || first_sequence || ' '
                                    || coalesce(island::text, 'none') || ' ' || label
                                from analysis.state_values order by path
                                """,
                                (row, _) -> row.getString(1)))
                .containsExactly(
                        "0349281E/money money 3 none money",
                        "0349281E/tax/0/0/0 tax 2 0 tax rate of level 0");
    }

    private static Bytes values(String records) {
        int count = records.length() / 24;
        return Bytes.ofHex(
                "1e2849031d2849034f080000%02x000000%02x0000000c000000"
                                .formatted(16 + records.length() / 2, count)
                        + records);
    }

    @Test
    void fieldsAreDeclaredBeforeTheFirstResult() {
        ConfigurableApplicationContext service = start();
        await().atMost(PATIENCE).until(() -> service.getBean(Connection.class).isEstablished());
        List<String> command =
                jdbc.query(
                        """
                        select f.type || ' ' || f.certainty || ' ' || f.named_values::text
                        from analysis.fields f join analysis.analyzers using
                            (analyzer, analyzer_version)
                        where name = 'dplay.command' and is_current
                        """,
                        (row, _) -> row.getString(1));
        assertThat(command).hasSize(1);
        assertThat(command.getFirst())
                .startsWith("integer verified ")
                .contains("{\"name\": \"PING\", \"value\": 22}");
        assertThat(one("select count(*) from analysis.fields where unit = '1/32 t'")).isEqualTo(1);
        assertThat(one("select count(*) from analysis.messages")).isZero();
    }

    @Test
    void startsWithoutDatabaseAndGoesOnWhenItLosesItsTables() {
        ConfigurableApplicationContext waiting = start("--KONTOR_POSTGRES_URL=" + nowhere());
        Connection connection = waiting.getBean(Connection.class);
        await().atMost(PATIENCE).until(() -> connection.waitingFor().contains("refused"));
        waiting.close();

        ConfigurableApplicationContext service = start();
        await().atMost(PATIENCE).until(() -> service.getBean(Connection.class).isEstablished());
        jdbc.execute("alter table analysis.messages rename to away");
        send(claim());
        send(started());
        send(datagram(Bytes.ofHex("01")));
        await().atMost(PATIENCE).until(() -> !service.getBean(Connection.class).isEstablished());
        jdbc.execute("alter table analysis.away rename to messages");
        awaitRows(1);
        assertThat(service.getBean(Connection.class).isEstablished()).isTrue();
    }

    @Test
    void aDatabaseThatIsStoppedWhileEventsFlowCostsNothingButLag(@TempDir Path directory)
            throws IOException {
        EmbeddedPostgres server = server(directory, 0);
        int port = server.getPort();
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try {
            Connection connection = start("--KONTOR_POSTGRES_URL=" + url).getBean(Connection.class);
            await().atMost(PATIENCE).until(connection::isEstablished);
            send(claim());
            send(started());
            for (int sent = 0; sent < 20; sent++) {
                send(datagram(Bytes.ofHex("01")));
            }
            server.close();
            for (int sent = 0; sent < 20; sent++) {
                send(datagram(Bytes.ofHex("01")));
            }
            await().atMost(PATIENCE).until(() -> !connection.isEstablished());
            server = server(directory, port);
            send(datagram(Bytes.ofHex("01")));

            // The rows are exact; the topic may have some results twice.
            JdbcTemplate again =
                    new JdbcTemplate(new DriverManagerDataSource(url, database.user(), ""));
            List<Long> expected = LongStream.rangeClosed(2, 42).boxed().toList();
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(
                                            again.queryForList(
                                                    "select session_sequence from analysis.messages"
                                                            + " order by session_sequence",
                                                    Long.class))
                                    .isEqualTo(expected));
        } finally {
            services.forEach(ConfigurableApplicationContext::close);
            server.close();
        }
    }

    @Test
    void aChangedAnalyzerDissectsTheSessionAgainAndABrokenOneChangesNothing(@TempDir Path analyzers)
            throws IOException {
        save(analyzers, "report.number(\"probe.first\", \"First\", 0, 1);");
        start("--KONTOR_POSTGRES_URL=" + database.jdbcUrl(), "--KONTOR_ANALYZERS_DIR=" + analyzers);
        send(claim());
        send(started());
        send(datagram(Bytes.ofHex("2a")));
        awaitProbe("{\"probe\": [null], \"probe.first\": [42]}");
        String first = probe("analyzer_version");

        save(analyzers, "report.number(\"probe.second\", \"Second\", 0, 1);");
        awaitProbe("{\"probe\": [null], \"probe.second\": [42]}");
        assertThat(probe("analyzer_version")).isNotEqualTo(first);
        // Both versions declare it.
        assertThat(one("select count(*) from analysis.fields where name = 'probe.second'"))
                .isEqualTo(2);

        save(analyzers, "report.number(;");
        await().atMost(PATIENCE)
                .until(() ->
                        one(
                                        "select count(*) from analysis.user_analyzers where state ="
                                                + " 'refused' and problems -> 0 ->> 'line' = '8'")
                                == 1);
        send(datagram(Bytes.ofHex("2b")));
        awaitProbe("{\"probe\": [null], \"probe.second\": [43]}");

        save(analyzers, "while (message.u8(0) == 0x2a) {} report.result(\"r\", 1, Map.of(), 2);");
        await().atMost(PATIENCE)
                .until(() ->
                        one(
                                        "select count(*) from analysis.messages where analyzer ="
                                                + " 'probe' and problem like '%endless loop%'")
                                == 1);
        assertThat(one("select count(*) from analysis.results where related_events = '{2}'"))
                .isEqualTo(1);
        // What the restarted service finds in use is what is stored: once each.
        services.getLast().close();
        start("--KONTOR_POSTGRES_URL=" + database.jdbcUrl(), "--KONTOR_ANALYZERS_DIR=" + analyzers);
        send(datagram(Bytes.ofHex("2c")));
        awaitRows(6);
        assertThat(one("select count(*) from analysis.results")).isEqualTo(2);

        // Without its file it is out of use, also if the file went while nobody was looking.
        services.getLast().close();
        Files.delete(analyzers.resolve("Probe.java"));
        start("--KONTOR_POSTGRES_URL=" + database.jdbcUrl(), "--KONTOR_ANALYZERS_DIR=" + analyzers);
        await().atMost(PATIENCE)
                .until(() ->
                        one("select count(*) from analysis.user_analyzers where state = 'removed'")
                                == 1);
        assertThat(
                        one(
                                "select count(*) from analysis.analyzers where is_current"
                                        + " and analyzer = 'probe'"))
                .isZero();
    }

    @Test
    void aRunDissectsAStoredSessionAgainBesideWhatIsStoredAndAVersionIsPromoted(
            @TempDir Path analyzers) throws IOException {
        save(analyzers, "report.number(\"probe.first\", \"First\", 0, 1);");
        start("--KONTOR_POSTGRES_URL=" + database.jdbcUrl(), "--KONTOR_ANALYZERS_DIR=" + analyzers);
        send(claim());
        send(started());
        send(datagram(Bytes.ofHex("2a")));
        awaitProbe("{\"probe\": [null], \"probe.first\": [42]}");
        send(ended());
        await().atMost(PATIENCE)
                .until(() -> one("select count(*) from analysis.sessions where ended") == 1);

        UUID same = run();
        awaitRun(same, "finished");
        UUID draft = run(draft("report.number(\"probe.second\", \"Second\", 0, 1);"));
        awaitRun(draft, "finished");
        UUID without = run(RunAnalyzer.newBuilder().setAnalyzer("probe").build());
        awaitRun(without, "finished");
        assertThat(found(same)).containsExactly("data 0", "probe 1 probe.first");
        assertThat(found(draft)).containsExactly("data 0", "probe 1 probe.second");
        assertThat(found(without)).containsExactly("data 0");
        // What is stored of the session has not changed.
        assertThat(probe("field_values::text"))
                .isEqualTo("{\"probe\": [null], \"probe.first\": [42]}");

        UUID broken = run(draft("report.number(;"));
        awaitRun(broken, "failed");
        assertThat(
                        jdbc.queryForObject(
                                "select problem from analysis.runs where run_id = ?",
                                String.class,
                                broken))
                .startsWith("Probe.java:8:");

        send(CancelRun.newBuilder().setRunId(same.toString()).build());
        await().atMost(PATIENCE)
                .until(() ->
                        one("select count(*) from analysis.runs where run_id = '" + same + "'")
                                == 0);

        String promoted =
                requireNonNull(
                        jdbc.queryForObject(
                                "select analyzer_version from analysis.run_analyzers"
                                        + " where run_id = ? and is_user",
                                String.class,
                                draft));
        send(PromoteAnalyzer.newBuilder().setAnalyzer("probe").setVersion(promoted).build());
        session = UUID.randomUUID().toString();
        sequence = 0;
        send(started());
        send(datagram(Bytes.ofHex("2b")));
        await().atMost(PATIENCE)
                .until(() ->
                        one(
                                        "select count(*) from analysis.messages where analyzer ="
                                                + " 'probe' and field_values @>"
                                                + " '{\"probe.second\": [43]}'")
                                == 1);

        // So it stays after a restart, until the file changes.
        services.getLast().close();
        start("--KONTOR_POSTGRES_URL=" + database.jdbcUrl(), "--KONTOR_ANALYZERS_DIR=" + analyzers);
        await().atMost(PATIENCE)
                .until(() ->
                        one(
                                        "select count(*) from analysis.user_analyzers where"
                                                + " version = '"
                                                + promoted
                                                + "'")
                                == 1);
        save(analyzers, "report.number(\"probe.first\", \"Again\", 0, 1);");
        await().atMost(PATIENCE)
                .until(() ->
                        one(
                                        "select count(*) from analysis.messages where analyzer ="
                                                + " 'probe' and field_values @>"
                                                + " '{\"probe.first\": [43]}'")
                                == 1);
    }

    private UUID run(RunAnalyzer... analyzers) {
        UUID id = UUID.randomUUID();
        ask(
                ControlEvent.newBuilder()
                        .setStartRun(
                                StartRun.newBuilder()
                                        .setRunId(id.toString())
                                        .setSessionId(session)
                                        .addAllAnalyzers(List.of(analyzers))));
        return id;
    }

    private static RunAnalyzer draft(String analyze) {
        return RunAnalyzer.newBuilder()
                .setAnalyzer("probe")
                .setFile("Probe.java")
                .setSource(source(analyze))
                .build();
    }

    private void send(CancelRun request) {
        ask(ControlEvent.newBuilder().setCancelRun(request));
    }

    private void send(PromoteAnalyzer request) {
        ask(ControlEvent.newBuilder().setPromoteAnalyzer(request));
    }

    private void ask(ControlEvent.Builder request) {
        send(
                Records.of(
                        request.setLab(LAB)
                                .setControlId(UUID.randomUUID().toString())
                                .setSender("test")
                                .build()));
    }

    private void awaitRun(UUID run, String state) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(
                                        jdbc.queryForObject(
                                                "select state from analysis.runs where run_id = ?",
                                                String.class,
                                                run))
                                .isEqualTo(state));
    }

    /** Protocol, understood bytes and field of each message of a run. */
    private List<String> found(UUID run) {
        return jdbc.query(
                """
                select protocol || ' ' || understood
                    || case when understood > 0 then ' ' || (fields -> 0 ->> 'name') else '' end
                from analysis.run_messages where run_id = ? order by protocol
                """,
                (row, _) -> row.getString(1),
                run);
    }

    private static void save(Path directory, String analyze) throws IOException {
        Path written = Files.writeString(directory.resolve("written"), source(analyze));
        Files.move(written, directory.resolve("Probe.java"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String source(String analyze) {
        return """
        import java.util.*;
        import kontor.analyzers.*;
        public class Probe implements MessageAnalyzer {
            public List<FieldSpec> fields() {
                return List.of(FieldSpec.number("probe.first", "1"), FieldSpec.number("probe.second", "2")); }
            public boolean wants(MessageView message) { return message.length() == 1; }
            public void analyze(MessageView message, Report report) {
                %s
            }
        }
        """
                .formatted(analyze);
    }

    private void awaitProbe(String values) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(probe("field_values::text")).isEqualTo(values));
    }

    /** Of the newest message that the analyzer has found. */
    private String probe(String expression) {
        return requireNonNull(
                jdbc.queryForObject(
                        "select "
                                + expression
                                + " from analysis.messages where analyzer = 'probe'"
                                + " order by session_sequence desc limit 1",
                        String.class));
    }

    private static EmbeddedPostgres server(Path directory, int port) throws IOException {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(directory.resolve("data"))
                        .setCleanDataDirectory(false);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    private static String nowhere() {
        return "jdbc:postgresql://127.0.0.1:1/none";
    }

    private ConfigurableApplicationContext start(String... arguments) {
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

    private void send(SessionEvent event) {
        send(Records.of(event, 0));
    }

    private void send(ProducerRecord<String, byte[]> entry) {
        assertThat(log.send(entry)).succeedsWithin(PATIENCE);
    }

    private SessionEvent.Builder next() {
        return SessionEvent.newBuilder()
                .setLab(LAB)
                .setSessionId(session)
                .setSessionSequence(++sequence)
                .setOwnerEpoch(epoch);
    }

    private SessionEvent claim() {
        return SessionEvent.newBuilder()
                .setLab(LAB)
                .setOwnerEpoch(epoch)
                .setOwnerClaim(OwnerClaim.getDefaultInstance())
                .build();
    }

    private SessionEvent started() {
        return next().setSessionStarted(SessionStarted.newBuilder().setOrdinal(1)).build();
    }

    @Test
    void saysInEveryPartitionThatItIsReadyAndThatItStops() {
        start();
        await().atMost(PATIENCE).until(() -> control().size() >= PARTITIONS);
        services.getFirst().close();

        List<ServiceStatus> said = control();
        assertThat(said)
                .extracting(ServiceStatus::getService)
                .containsOnly("analysis-service")
                .hasSizeGreaterThanOrEqualTo(2 * PARTITIONS);
        assertThat(said)
                .extracting(ServiceStatus::getState)
                .startsWith(ServiceState.SERVICE_STATE_READY)
                .endsWith(ServiceState.SERVICE_STATE_STOPPING);
        assertThat(said.stream().map(ServiceStatus::getProcessId).distinct()).hasSize(1);
    }

    /** All that processes have said about themselves so far, partition after partition. */
    private List<ServiceStatus> control() {
        List<ServiceStatus> found = new ArrayList<>();
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
                            .forEach(r -> found.add(Records.controlEvent(r).getServiceStatus()));
                }
            }
        }
        return found;
    }

    private SessionEvent ended() {
        return next().setSessionEnded(SessionEnded.getDefaultInstance()).build();
    }

    private SessionEvent data(Bytes payload) {
        FlowData data =
                FlowData.newBuilder()
                        .setStreamOffset(written)
                        .setPayload(ByteString.copyFrom(payload.toByteArray()))
                        .build();
        written += payload.length();
        return flow(1, Protocol.PROTOCOL_TCP, adapterEvent(payload).setFlowData(data));
    }

    private SessionEvent datagram(Bytes payload) {
        Datagram datagram =
                Datagram.newBuilder()
                        .setPayload(ByteString.copyFrom(payload.toByteArray()))
                        .build();
        return flow(2, Protocol.PROTOCOL_UDP, adapterEvent(payload).setDatagram(datagram));
    }

    private SessionEvent halfClosed() {
        return flow(
                1,
                Protocol.PROTOCOL_TCP,
                adapterEvent(Bytes.empty()).setFlowHalfClosed(FlowHalfClosed.getDefaultInstance()));
    }

    private static AdapterEvent.Builder adapterEvent(Bytes payload) {
        return AdapterEvent.newBuilder()
                .setLab(LAB)
                .setInstance("game2")
                .setPayloadCrc32C(payload.isEmpty() ? 0 : payload.crc32c());
    }

    private SessionEvent flow(int number, Protocol protocol, AdapterEvent.Builder event) {
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

    private void awaitRows(int expected) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> one("select count(*) from analysis.messages") == expected);
    }

    private void awaitPosition(long nextOffset) {
        await().atMost(PATIENCE)
                .until(() -> one("select max(next_offset) from analysis.positions") == nextOffset);
    }

    private long one(String query) {
        Long value = jdbc.queryForObject(query, Long.class);
        return value == null ? -1 : value;
    }

    private List<String> column(String expression) {
        return jdbc.query(
                "select "
                        + expression
                        + " from analysis.messages order by session_sequence, message_index",
                (row, _) -> row.getString(1));
    }

    /** All that is on the topic, once there are as many as expected. */
    private List<AnalysisResult> results(int expected) {
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
}
