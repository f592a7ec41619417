package kontor.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.UUID;
import kontor.analysis.runtime.Connection;
import kontor.analysis.v1.AnalysisResult;
import kontor.analysis.v1.Completeness;
import kontor.analysis.v1.Message;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.ServiceState;
import kontor.control.v1.ServiceStatus;
import kontor.sessions.v1.SessionEvent;
import kontor.topics.Topics;
import kontor.vocabulary.Bytes;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What becomes of a session: rows, results and state, once each, whatever happens to the service.
 */
class AnalysisIT extends AnalysisUnderTest {

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
    void saysInEveryPartitionThatItIsReadyAndThatItStops() {
        start();
        await().atMost(PATIENCE).until(() -> control().size() >= PARTITIONS);
        services.getFirst().close();

        List<ServiceStatus> said = control().stream().map(ControlEvent::getServiceStatus).toList();
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
}
