package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleSession.Step;
import kontor.sessions.v1.Verdict;
import kontor.topics.Topics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the verdict takes from the topics, and which verdicts are stored. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContinuityOfTopicsIT extends GatewayOnSampleStack {

    @BeforeAll
    static void start() {
        startGateway(Map.of("KONTOR_GATEWAY_RECEIPT_PATIENCE", "0s"));
    }

    private static JsonNode continuity(SampleSession session) {
        return gateway.get("/api/sessions/" + session.id() + "/continuity");
    }

    @Test
    void findsAnAdapterThatCountsMoreThanTheTopicEverHad() {
        SampleSession session = published("counter");
        long last = continuity(session).at("/runs/0/last").asLong();
        stack.status(session.lab(), "game1", session.run("game1"), Instant.now(), last + 5);

        await().untilAsserted(() ->
                assertThat(continuity(session).at("/checks/adapter-counters").asLong())
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

    /**
     * Others have written before, and have written since; a zombie wrote into its part. Last: from
     * its owner on, what the owner of the other tests writes is void.
     */
    @Test
    @Order(Integer.MAX_VALUE)
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
