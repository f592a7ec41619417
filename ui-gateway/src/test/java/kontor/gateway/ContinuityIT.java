package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleSession.Step;
import kontor.gateway.sample.SampleStack;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.MissCause;
import kontor.sessions.v1.Verdict;
import kontor.topics.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The verdict on sessions that are whole and on such with planted faults, in rows and topics. */
@Timeout(120)
class ContinuityIT {

    private static SampleStack stack;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        stack = new SampleStack();
        gateway = GatewayUnderTest.on(stack, Map.of("KONTOR_GATEWAY_RECEIPT_PATIENCE", "0s"));
        gateway.awaitReady();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        stack.close();
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
        Endpoint receiving = SampleSession.endpoint(127, 1, 0, 2, 2380);
        session.missed("game1", 33_000, MissCause.MISS_CAUSE_SOCKET_BUFFER, receiving);
        session.missed("game1", 608, MissCause.MISS_CAUSE_SOCKET_BUFFER, receiving);
        session.missed(
                "game2",
                7,
                MissCause.MISS_CAUSE_GAME_SOCKET,
                SampleSession.endpoint(127, 2, 0, 2, 2350));
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
        JsonNode report = continuity(session, "");

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

        assertThat(continuity(session, "").at("/checks/recorded-once").asLong()).isPositive();
    }

    @Test
    void findsAnAdapterThatCountsMoreThanTheTopicEverHad() {
        SampleSession session = published("counter");
        long last = continuity(session, "").at("/runs/0/last").asLong();
        stack.status(session.lab(), "game1", session.run("game1"), Instant.now(), last + 5);

        await().untilAsserted(() ->
                assertThat(continuity(session, "").at("/checks/adapter-counters").asLong())
                        .isPositive());
    }

    @Test
    void findsTheTopicsAndTheRowsOfACleanSessionEqual() {
        SampleSession session = published("deep");
        JsonNode report = continuity(session, "?deep=true");

        assertThat(report.get("verdict").asString()).as("%s", report).isEqualTo("clean");
        assertThat(report.at("/checks/session-log").asLong(-1)).isZero();
        assertThat(report.at("/checks/packets").asLong(-1)).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    session-log | delete from capture.events where session_sequence = :last
                    session-log | update capture.events set payload = 'x', payload_crc32c = crc32c('x') where session_sequence = 7
                    session-log | update capture.events set verdict = 'dropped' where session_sequence = 7
                    packets | update capture.events set input_offset = input_offset + 1000000 where session_sequence = :last
                    packets | update capture.events set payload = 'x', payload_crc32c = crc32c('x') where session_sequence = 7
                    """)
    void findsTheFaultThatOnlyTheTopicsShow(String check, String sql) {
        SampleSession session = published("deep-fault");
        stack.jdbc()
                .sql(
                        sql.replace(":last", Long.toString(session.lastSequence()))
                                + " and session_id = '"
                                + session.id()
                                + "'")
                .update();
        JsonNode report = continuity(session, "?deep=true");

        assertThat(report.get("verdict").asString()).isEqualTo("faulty");
        assertThat(report.get("checks").get(check).asLong()).as("%s", report).isPositive();
    }

    @Test
    void findsAPacketThatNeverCameToARow() {
        SampleSession session = SampleSession.lobby("deep-lost");
        long last = session.lastSequence();
        session.datagram("game1", 2350, 2350, SampleMessages.x642(5));
        session.datagram("game1", 2350, 2350, SampleMessages.x642(6));
        SampleSession publishedSession = published(session, last + 1);
        JsonNode report = continuity(publishedSession, "?deep=true");

        assertThat(report.at("/checks/packets").asLong()).as("%s", report).isPositive();
        assertThat(report.at("/checks/session-log").asLong()).as("%s", report).isPositive();
    }

    @Test
    void theVerdictOnASessionThatIsOverDoesNotWaitForOthersThatWrite() {
        SampleSession session = recordedAndEnded("over");
        stack.journalCaughtUp();
        stack.jdbc()
                .sql("update capture.journal_positions set next_offset = next_offset - 1")
                .update();
        JsonNode report = continuity(session);

        assertThat(report.get("verdict").asString()).as("%s", report).isEqualTo("clean");
        assertThat(report.get("settled").asBoolean()).isTrue();
        assertThat(report.get("waitingFor")).isEmpty();
    }

    @Test
    void aSettledVerdictIsAnsweredAgainWithoutALookUnlessAFreshOneIsWanted() {
        SampleSession session = recordedAndEnded("settled");
        stack.journalCaughtUp();
        JsonNode first = continuity(session);
        damage(session);

        assertThat(continuity(session)).isEqualTo(first);
        assertThat(continuity(session, "?fresh=true").get("verdict").asString())
                .isEqualTo("faulty");
        assertThat(continuity(session).get("verdict").asString()).isEqualTo("faulty");
    }

    @Test
    void aVerdictThatWasStoredInOtherWordsIsFoundAnew() {
        SampleSession session = recordedAndEnded("other-words");
        stack.journalCaughtUp();
        JsonNode first = continuity(session);
        stack.jdbc().sql("update capture.verdicts set report = '{\"verdict\": \"fine\"}'").update();

        JsonNode anew = continuity(session);

        assertThat(anew.get("verdict").asString()).isEqualTo("clean");
        assertThat(anew.get("counts")).isEqualTo(first.get("counts"));
    }

    @Test
    void aSessionThatGoesOnIsLookedAtEachTime() {
        SampleSession session = stack.record(SampleSession.lobby("goes-on"));
        stack.journalCaughtUp();
        assertThat(continuity(session).get("settled").asBoolean()).isFalse();
        damage(session);

        assertThat(continuity(session).get("verdict").asString()).isEqualTo("faulty");
    }

    @Test
    void aVerdictThatAReceiptMayStillChangeIsNotStored() {
        SampleSession session = recordedAndEnded("unanswered");
        stack.jdbc()
                .sql("delete from capture.receipts where session_id = :id and session_sequence = 6")
                .param("id", session.id())
                .update();
        stack.journalCaughtUp();

        JsonNode report = continuity(session);

        assertThat(report.get("verdict").asString()).isEqualTo("faulty");
        assertThat(report.get("settled").asBoolean()).isFalse();
    }

    @Test
    void theDeepVerdictIsStoredApartFromThePlainOne() {
        SampleSession session = SampleSession.lobby("deep-settled");
        session.end();
        published(session, 0);
        JsonNode plain = continuity(session);
        JsonNode deep = continuity(session, "?deep=true");
        damage(session);

        assertThat(plain.get("checks").has("session-log")).isFalse();
        assertThat(deep.get("checks").has("session-log")).isTrue();
        assertThat(deep.get("settled").asBoolean()).as("%s", deep).isTrue();
        assertThat(continuity(session, "?deep=true")).isEqualTo(deep);
        assertThat(continuity(session)).isEqualTo(plain);
        assertThat(continuity(session, "?deep=true&fresh=true").get("verdict").asString())
                .isEqualTo("faulty");
    }

    /** Others have written before, and have written since; a zombie wrote into its part. */
    @Test
    void theDeepLookReadsWhatTheSessionCostsAndKnowsWhichOwnerCounts() {
        SampleSession others = SampleSession.of("deep-others");
        others.chat(3000);
        others.steps().forEach(step -> stack.publishLater(step.event()));
        stack.awaitPublished();
        SampleSession session = new SampleSession("deep-part", UUID.randomUUID(), 7, Instant.now());
        session.chat(30);
        session.end();
        long first = stack.end(Topics.SESSION_EVENTS);
        long firstPacket = stack.end(Topics.PACKETS);
        stack.recordSession(session);
        for (Step step : session.steps()) {
            Step placed = stack.publishPacket(step);
            if (step.event().getSessionSequence() == 1) {
                first = stack.end(Topics.SESSION_EVENTS);
                // Void: it wrote behind the claim that stands before the part.
                stack.publish(
                        placed.event().toBuilder()
                                .setOwnerEpoch(6)
                                .setVerdict(Verdict.VERDICT_DROPPED)
                                .build());
            }
            stack.publish(placed);
            stack.record(placed);
        }
        stack.range(session, Topics.SESSION_EVENTS, first, stack.end(Topics.SESSION_EVENTS) - 1, 7);
        stack.range(session, Topics.PACKETS, firstPacket, stack.end(Topics.PACKETS) - 1, 7);
        others.steps().forEach(step -> stack.publishLater(step.event()));
        stack.awaitPublished();
        stack.journalCaughtUp();

        JsonNode report = continuity(session, "?deep=true");

        assertThat(report.get("verdict").asString()).as("%s", report).isEqualTo("clean");
        assertThat(report.at("/counts/recordsRead").asLong()).isBetween(60L, 2100L);
    }

    private static SampleSession recordedAndEnded(String lab) {
        SampleSession session = SampleSession.lobby(lab);
        session.end();
        return stack.record(session);
    }

    private static void damage(SampleSession session) {
        stack.jdbc()
                .sql(
                        "update capture.events set payload = ' '"
                                + " where session_sequence = 7 and session_id = :id")
                .param("id", session.id())
                .update();
    }

    private JsonNode continuity(SampleSession session, String query) {
        return gateway.get("/api/sessions/" + session.id() + "/continuity" + query);
    }

    /** In the topics and in the rows. */
    private static SampleSession published(String lab) {
        return published(SampleSession.lobby(lab), 0);
    }

    /**
     * @param unrecorded this event has no row
     */
    private static SampleSession published(SampleSession session, long unrecorded) {
        stack.recordSession(session);
        for (Step step : session.steps()) {
            Step placed = stack.publishPacket(step);
            stack.publish(placed);
            if (step.event().getSessionSequence() == 5) {
                // Sent again, as an adapter may.
                stack.publishPacket(session.steps().get(2));
            }
            if (step.event().getSessionSequence() != unrecorded) {
                stack.record(placed);
            }
        }
        stack.journalCaughtUp();
        await("the gateway has heard of all")
                .until(() ->
                        continuity(session).at("/counts/heardSequence").asLong()
                                >= session.lastSequence());
        return session;
    }
}
