package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.SampleFlows;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.MissCause;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The verdict on sessions that are whole and on such with planted faults in the rows. */
@Timeout(120)
class ContinuityIT extends GatewayOnSampleStack {

    @BeforeAll
    static void start() {
        startGateway(Map.of("KONTOR_GATEWAY_RECEIPT_PATIENCE", "0s"));
    }

    @Test
    void findsACleanSessionClean() {
        SampleSession session = stack.record(SampleSession.lobby("clean"));
        stack.journalCaughtUp();
        JsonNode report = gateway.get("/api/sessions/" + session.id() + "/continuity");

        assertThat(report.get("verdict").asString()).as("%s", report).isEqualTo("clean");
        assertThat(report.at("/counts/events").asLong()).isEqualTo(session.lastSequence());
        assertThat(report.at("/equation/received").asLong()).isEqualTo(session.lastSequence() - 1);
        assertThat(report.at("/equation/byVerdict/undeliverable").asLong()).isEqualTo(1);
        assertThat(report.get("checks").propertyNames()).hasSize(14);
    }

    @Test
    void takesNoOffenceAtACommandForAFlowThatItsGameHadEnded() {
        SampleSession session = stack.record(SampleSession.lobby("explained"));
        stack.jdbc()
                .sql(
                        "update capture.receipts set outcome = 'failed'"
                                + " where session_sequence = 6 and session_id = :id")
                .param("id", session.id())
                .update();
        stack.journalCaughtUp();
        JsonNode report = gateway.get("/api/sessions/" + session.id() + "/continuity");

        assertThat(report.get("verdict").asString()).as("%s", report).isEqualTo("clean");
        assertThat(report.at("/counts/explained").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"flow_reset, clean", "flow_data, faulty"})
    void aResetFindsNoFlowThatBothGamesHadClosedButBytesWould(String type, String verdict) {
        SampleSession session = SampleSession.of("closed-" + type);
        int flow = session.open("game2", 40983, 2300);
        session.write(flow, true, SampleMessages.dplay(0x01, 124));
        session.halfClose(flow, false);
        session.halfClose(flow, true);
        session.reset(flow, true);
        stack.record(session);
        stack.jdbc()
                .sql(
                        """
                        update capture.receipts set outcome = 'failed'
                        where target_run_id = :run
                          and (session_id, session_sequence) in (select session_id, session_sequence
                                                                 from capture.events
                                                                 where type = :type)
                        """)
                .param("run", session.run("game1"))
                .param("type", type)
                .update();
        stack.journalCaughtUp();

        assertThat(continuity(session).get("verdict").asString()).isEqualTo(verdict);
    }

    @Test
    void findsASessionLossyWhoseAdaptersCountedLostDatagramsAndSaysHowManyWhere() {
        SampleSession session = SampleSession.lobby("lossy");
        Endpoint receiving = SampleFlows.endpoint(127, 1, 0, 2, 2380);
        session.missed("game1", 33_000, MissCause.MISS_CAUSE_SOCKET_BUFFER, receiving);
        session.missed("game1", 608, MissCause.MISS_CAUSE_SOCKET_BUFFER, receiving);
        session.missed(
                "game2",
                7,
                MissCause.MISS_CAUSE_GAME_SOCKET,
                SampleFlows.endpoint(127, 2, 0, 2, 2350));
        session.missed("game1", 2, MissCause.MISS_CAUSE_SPOOL_FULL, null);
        stack.record(session);
        stack.journalCaughtUp();
        JsonNode report = continuity(session);

        assertThat(report.get("verdict").asString()).as("%s", report).isEqualTo("lossy");
        assertThat(report.at("/counts/lost").asLong()).isEqualTo(33_617);
        assertThat(report.get("losses").valueStream().map(JsonNode::toString))
                .containsExactly(
                        """
                        {"instance":"game1","cause":"socket_buffer","socket":"127.1.0.2:2380",\
                        "sequence":%d,"datagrams":33608}\
                        """
                                .formatted(session.lastSequence() - 3),
                        """
                        {"instance":"game2","cause":"game_socket","socket":"127.2.0.2:2350",\
                        "sequence":%d,"datagrams":7}\
                        """
                                .formatted(session.lastSequence() - 1),
                        """
                        {"instance":"game1","cause":"spool_full","sequence":%d,"datagrams":2}\
                        """
                                .formatted(session.lastSequence()));
        assertThat(
                        gateway.get(
                                        "/api/sessions/"
                                                + session.id()
                                                + "/events/"
                                                + (session.lastSequence() - 3))
                                .findValue("info")
                                .asString())
                .isEqualTo("33000 datagrams missed: socket buffer 127.1.0.2:2380");
    }

    @Test
    void findsASessionIncompleteWhileTheJournalIsBehind() {
        SampleSession session = stack.record(SampleSession.lobby("incomplete"));
        stack.journalCaughtUp();
        stack.jdbc()
                .sql("update capture.journal_positions set next_offset = next_offset - 1")
                .update();

        assertThat(
                        gateway.get("/api/sessions/" + session.id() + "/continuity")
                                .get("verdict")
                                .asString())
                .isEqualTo("incomplete");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    session-sequences | delete from capture.events where session_sequence = 5
                    adapter-sequences | update capture.events set adapter_sequence = 99 where session_sequence = 10
                    input-offsets | update capture.events set input_offset = 1 where session_sequence = 7
                    equation | update capture.events set verdict = 'injected' where session_sequence = 7
                    payload-checksums | update capture.events set payload = ' ' where session_sequence = 7
                    stream-offsets | update capture.events set detail = '{"streamOffset": 1}' where session_sequence = 6
                    receipts | delete from capture.receipts where session_sequence = 6
                    session-ends | delete from capture.events where session_sequence = 1
                    recorded-once | update capture.events set run_id = (select run_id from capture.events o where o.session_id = events.session_id and o.session_sequence = 2), adapter_sequence = 2 where session_sequence = 10
                    deliveries | delete from capture.deliveries where session_sequence = 7
                    command-sequences | update capture.deliveries set command_sequence = 99 where session_sequence = 7
                    receipt-contents | update capture.receipts set payload_bytes = payload_bytes + 1 where session_sequence = 7
                    carried-out | update capture.receipts set outcome = 'failed' where session_sequence = 7
                    """)
    void findsTheFaultInTheRows(String check, String sql) {
        SampleSession session = stack.record(SampleSession.lobby("faulty"));
        stack.jdbc().sql(sql + " and session_id = '" + session.id() + "'").update();
        stack.journalCaughtUp();
        JsonNode report = gateway.get("/api/sessions/" + session.id() + "/continuity");

        assertThat(report.get("verdict").asString()).isEqualTo("faulty");
        assertThat(report.get("checks").get(check).asLong()).as("%s", report).isPositive();
        assertThat(report.get("faults"))
                .anySatisfy(fault -> assertThat(fault.get("check").asString()).isEqualTo(check));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    never answered | delete from capture.receipts
                    refused by the next run | update capture.receipts set outcome = 'stale_run', run_id = gen_random_uuid()
                    """)
    void whatAnAdapterCouldNotConfirmBeforeItEndedIsNoFaultAndNotClean(String how, String sql) {
        SampleSession session = stack.record(SampleSession.lobby(how));
        UUID run = lastToldRun(session);
        stack.jdbc()
                .sql(
                        sql
                                + """
                                  where target_run_id = :run
                                   and command_sequence = (select max(command_sequence)
                                                           from capture.deliveries
                                                           where target_run_id = :run)
                                """)
                .param("run", run)
                .update();
        stack.journalCaughtUp();
        assertThat(continuity(session).get("verdict").asString()).isEqualTo("faulty");

        end(run);
        JsonNode report = continuity(session);

        assertThat(report.get("verdict").asString()).as("%s", report).isEqualTo("unconfirmed");
        assertThat(report.at("/counts/unconfirmed").asLong()).isEqualTo(1);
        assertThat(report.at("/unconfirmed/0/run").asString()).isEqualTo(run.toString());
        assertThat(report.at("/unconfirmed/0/sequence").asLong()).isPositive();
    }

    @Test
    void aReceiptThatIsMissingBeforeOthersOfItsFlowIsAFaultAlsoWhenItsRunIsOver() {
        SampleSession session = stack.record(SampleSession.lobby("killed-later"));
        UUID run = session.run("game1");

        loseReceipt(run, "select min(first) from told where first < last");
        end(run);
        stack.journalCaughtUp();

        assertThat(continuity(session).get("verdict").asString()).isEqualTo("faulty");
    }

    @Test
    void whatOtherFlowsConfirmedLaterDoesNotMakeItAFault() {
        SampleSession session = stack.record(SampleSession.lobby("killed-overtaken"));
        UUID run = lastToldRun(session);
        long lost = loseReceipt(run, "select min(last) from told");
        end(run);
        stack.journalCaughtUp();

        assertThat(lost).isLessThan(lastCommand(run));
        assertThat(continuity(session).get("verdict").asString()).isEqualTo("unconfirmed");
    }

    /**
     * Of a command with bytes.
     *
     * @param which reads from told: the first and the last of them in each direction of each flow
     */
    private static long loseReceipt(UUID run, String which) {
        return stack.jdbc()
                .sql(
                        """
                        with told as (select min(d.command_sequence) as first,
                                             max(d.command_sequence) as last
                                      from capture.deliveries d
                                      join capture.events e using (session_id, session_sequence)
                                      where d.target_run_id = :run and e.payload is not null
                                      group by e.flow, e.from_opener)
                        delete from capture.receipts
                        where target_run_id = :run and command_sequence = (%s)
                        returning command_sequence
                        """
                                .formatted(which))
                .param("run", run)
                .query(Long.class)
                .single();
    }

    private static long lastCommand(UUID run) {
        return stack.jdbc()
                .sql("select max(command_sequence) from capture.receipts where target_run_id = ?")
                .param(run)
                .query(Long.class)
                .single();
    }

    private static JsonNode continuity(SampleSession session) {
        return gateway.get("/api/sessions/" + session.id() + "/continuity");
    }

    private static void end(UUID run) {
        stack.jdbc()
                .sql(
                        """
                        insert into capture.runs (run_id, lab, instance, peer_addresses,
                          software_version, capture_method, started_at, stopped_at)
                        values (:run, 'ended', 'game2', '{}', 'test', 'socket', now(), now())
                        """)
                .param("run", run)
                .update();
    }

    /** The run that was told more than one thing. */
    private static UUID lastToldRun(SampleSession session) {
        return stack.jdbc()
                .sql(
                        """
                        select target_run_id from capture.deliveries where session_id = :id
                        group by target_run_id having count(*) > 1 order by max(session_sequence) desc
                        limit 1
                        """)
                .param("id", session.id())
                .query(UUID.class)
                .single();
    }

    @Test
    void findsTwoRowsThatWereSwapped() {
        SampleSession session = stack.record(SampleSession.lobby("swapped"));
        stack.jdbc()
                .sql(
                        """
                        update capture.events set session_sequence = -1
                         where session_id = :id and session_sequence = 4;
                        update capture.events set session_sequence = 4
                         where session_id = :id and session_sequence = 8;
                        update capture.events set session_sequence = 8
                         where session_id = :id and session_sequence = -1;
                        """)
                .param("id", session.id())
                .update();
        stack.journalCaughtUp();
        JsonNode report = continuity(session);

        assertThat(report.get("verdict").asString()).as("%s", report).isEqualTo("faulty");
        assertThat(report.at("/checks/adapter-sequences").asLong()).isPositive();
        assertThat(report.at("/checks/input-offsets").asLong()).isPositive();
    }

    @Test
    void findsADoubledRow() {
        SampleSession session = stack.record(SampleSession.lobby("doubled"));
        stack.jdbc()
                .sql(
                        """
                        insert into capture.events
                        select session_id, :next, type, owner_epoch, sequenced_at, 'observed',
                               verdict_detail, instance, run_id, adapter_sequence, captured_at,
                               flow, from_opener, payload, payload_crc32c, delivered_payload,
                               input_topic, input_partition, input_offset, detail
                        from capture.events where session_id = :id and session_sequence = 7
                        """)
                .param("id", session.id())
                .param("next", session.lastSequence() + 1)
                .update();
        stack.journalCaughtUp();

        assertThat(continuity(session).at("/checks/recorded-once").asLong()).isPositive();
    }
}
