package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.RunState;
import kontor.control.v1.RunStatus;
import kontor.gateway.sample.EventStream;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.SampleSession;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs: asked for over HTTP, and compared. */
@Timeout(120)
class RunsIT extends GatewayOnSampleStack {

    private static final JsonMapper JSON = new JsonMapper();

    @BeforeAll
    static void start() {
        startGateway(Map.of());
    }

    @Test
    void aRunIsAskedForWithVersionsAndDraftsAndCancelled() {
        SampleSession session = stack.record(SampleSession.lobby("runs"));
        String path = "/api/sessions/" + session.id() + "/analysis-runs";
        long before = stack.end(Topics.CONTROL);
        Map<String, Object> body =
                Map.of(
                        "analyzers",
                        List.of(
                                Map.of("name", "harbour", "version", "abc"),
                                Map.of("file", "stock.ksy", "source", "meta:")));
        status(HttpMethod.POST, path, body, 202);
        status(HttpMethod.POST, path, Map.of("analyzers", List.of(Map.of("file", "a.ksy"))), 400);
        UUID run = UUID.randomUUID();
        status(HttpMethod.DELETE, path + "/" + run, Map.of(), 404);
        run(session, run, "running");
        status(HttpMethod.DELETE, path + "/" + run, Map.of(), 202);

        List<ControlEvent> asked =
                stack.read(Topics.CONTROL, before).stream()
                        .map(Records::controlEvent)
                        .filter(event -> event.getLab().equals("runs"))
                        .toList();
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst().getStartRun().getSessionId())
                .isEqualTo(session.id().toString());
        assertThat(asked.getFirst().getStartRun().getAnalyzers(0).getVersion()).isEqualTo("abc");
        assertThat(asked.getFirst().getStartRun().getAnalyzers(1).getSource()).isEqualTo("meta:");
        assertThat(asked.getLast().getCancelRun().getRunId()).isEqualTo(run.toString());
        JsonNode shown = gateway.get(path).at("/runs/0");
        assertThat(shown.get("state").asString()).isEqualTo("running");
        assertThat(shown.at("/analyzers/0/name").asString()).isEqualTo("harbour");
        assertThat(shown.get("lastSequence").asLong()).isEqualTo(3);
        assertThat(shown.get("total").asLong()).isEqualTo(9);
    }

    @Test
    void theStreamHasTheRunsUnderWayAndHowTheyGetOn() {
        SampleSession session = stack.record(SampleSession.lobby("told"));
        SampleSession other = stack.record(SampleSession.lobby("told"));
        UUID run = UUID.randomUUID();
        run(session, run, "running");
        run(session, UUID.randomUUID(), "finished");
        run(other, UUID.randomUUID(), "running");
        try (EventStream stream = gateway.stream(session, null)) {
            JsonNode there = next(stream);
            assertThat(there.get("id").asString()).isEqualTo(run.toString());
            assertThat(there.get("state").asString()).isEqualTo("running");
            assertThat(there.get("lastSequence").asLong()).isEqualTo(3);
            assertThat(there.get("total").asLong()).isEqualTo(9);

            tell(other, UUID.randomUUID(), RunState.RUN_STATE_RUNNING, 1, "");
            tell(session, run, RunState.RUN_STATE_RUNNING, 7, "");
            JsonNode further = next(stream);
            assertThat(further.get("id").asString()).isEqualTo(run.toString());
            assertThat(further.get("lastSequence").asLong()).isEqualTo(7);
            assertThat(further.get("messages").asLong()).isEqualTo(14);
            assertThat(further.has("problem")).isFalse();
            tell(session, run, RunState.RUN_STATE_FAILED, 8, "event 5 was found");
            JsonNode over = next(stream);
            assertThat(over.get("state").asString()).isEqualTo("failed");
            assertThat(over.get("problem").asString()).isEqualTo("event 5 was found");
        }
    }

    private static JsonNode next(EventStream stream) {
        return JSON.readTree(
                stream.until(received -> received.type().equals("run")).getLast().data());
    }

    private static void tell(
            SampleSession session, UUID run, RunState state, long sequence, String problem) {
        stack.send(
                Records.of(
                        ControlEvent.newBuilder()
                                .setLab("told")
                                .setControlId(UUID.randomUUID().toString())
                                .setSender("analysis-service")
                                .setRunStatus(
                                        RunStatus.newBuilder()
                                                .setRunId(run.toString())
                                                .setSessionId(session.id().toString())
                                                .setState(state)
                                                .setProblem(problem)
                                                .setLastSequence(sequence)
                                                .setTotal(9)
                                                .setMessages(2 * sequence))
                                .build()));
    }

    @Test
    void aComparisonHasChangedMessagesAndTheCoverageOfEachType() {
        SampleSession session = stack.record(SampleSession.lobby("compared"));
        UUID before = UUID.randomUUID();
        UUID after = UUID.randomUUID();
        run(session, before, "finished");
        run(session, after, "finished");
        message(before, 4, "A", "same", 2);
        message(after, 4, "A", "same", 2);
        message(before, 5, "A", "old", 2);
        message(after, 5, "A", "new", 7);
        message(after, 6, "B", "only after", 8);

        String path = "/api/sessions/" + session.id() + "/analysis-runs/compare?before=" + before;
        JsonNode compared = gateway.get(path + "&after=" + after);
        assertThat(compared.get("types")).hasSize(2);
        assertThat(compared.at("/types/0/before/understood").asLong()).isEqualTo(4);
        assertThat(compared.at("/types/0/after/understood").asLong()).isEqualTo(9);
        assertThat(compared.at("/types/0/after/bytes").asLong()).isEqualTo(16);
        assertThat(compared.at("/types/1/before/messages").asLong()).isZero();
        assertThat(compared.get("messages")).hasSize(2);
        assertThat(compared.at("/messages/0/sequence").asLong()).isEqualTo(5);
        assertThat(compared.at("/messages/0/before/summary").asString()).isEqualTo("old");
        assertThat(compared.at("/messages/0/after/summary").asString()).isEqualTo("new");
        assertThat(compared.at("/messages/1").has("before")).isFalse();
        assertThat(compared.has("next")).isFalse();
        JsonNode page = gateway.get(path + "&after=" + after + "&limit=1");
        assertThat(page.get("next").asLong()).isEqualTo(5);
        assertThat(gateway.get(path + "&after=" + after + "&from=5").get("messages")).hasSize(1);
        // What is stored of the session is a side like any other.
        JsonNode stored = gateway.get(path);
        assertThat(stored.get("messages").size()).isGreaterThan(2);
        stored.get("types")
                .forEach(type ->
                        assertThat(type.at("/after/understood").asLong())
                                .isBetween(0L, type.at("/after/bytes").asLong()));
    }

    @Test
    void aVersionIsPromotedIfItIsThere() {
        stack.jdbc()
                .sql(
                        "insert into analysis.analyzer_sources values ('dock', 'abc', 'dock.ksy',"
                                + " 'x')")
                .update();
        assertThat(gateway.get("/api/analyzers/dock/versions").at("/versions/0/file").asString())
                .isEqualTo("dock.ksy");
        long before = stack.end(Topics.CONTROL);
        status(HttpMethod.POST, "/api/analyzers/dock/promote", Map.of("version", "no"), 404);
        status(HttpMethod.POST, "/api/analyzers/dock/promote", Map.of("version", "abc"), 202);
        assertThat(stack.read(Topics.CONTROL, before))
                .extracting(entry -> Records.controlEvent(entry).getPromoteAnalyzer().getVersion())
                .contains("abc");
    }

    private static void run(SampleSession session, UUID run, String state) {
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.runs (run_id, session_id, state, wanted, last_sequence,
                            total) values (?, ?, ?, '{}', 3, 9)
                        """)
                .params(run, UUID.fromString(session.id().toString()), state)
                .update();
        stack.jdbc()
                .sql("insert into analysis.run_analyzers values (?, 'harbour', 'abc', true)")
                .param(run)
                .update();
    }

    private static void message(UUID run, long sequence, String type, String summary, int known) {
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.run_messages values (?, ?, 'harbour', 0, 1, 'harbour',
                            ?, ?, 'whole', null, 8, ?, '[]', false)
                        """)
                .params(run, sequence, type, summary, known)
                .update();
    }

    private static void status(HttpMethod method, String path, Object body, int expected) {
        gateway.client()
                .method(method)
                .uri(path)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isEqualTo(expected);
    }
}
