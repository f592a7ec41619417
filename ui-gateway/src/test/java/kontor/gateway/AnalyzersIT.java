package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import kontor.control.v1.AnalyzerProblem;
import kontor.control.v1.AnalyzerStatus;
import kontor.control.v1.ControlEvent;
import kontor.gateway.sample.EventStream;
import kontor.gateway.sample.EventStream.Received;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.topics.Records;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the gateway tells of analyzers, from its tables and in the stream. */
@Timeout(120)
class AnalyzersIT extends GatewayOnSampleStack {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir private static Path directory;

    @BeforeAll
    static void start() {
        startGateway(Map.of("KONTOR_ANALYZERS_DIR", directory.toString()));
    }

    @Test
    void listsVersionsErrorsAndFields() {
        sql(
                """
                insert into analysis.analyzers (analyzer, analyzer_version, is_current)
                values ('harbour', 'old', false), ('harbour', 'good', true), ('anno1602', 'v', true),
                       ('quay', 'new', true)
                """);
        sql(
                """
                insert into analysis.analyzer_sources (analyzer, analyzer_version, file, source)
                values ('quay', 'new', 'Quay.java', 'class Quay {}')
                """);
        sql(
                """
                insert into analysis.fields values ('harbour', 'good', 'harbour.ship', 'integer',
                    '', 'The ship', 'guess', '[]')
                """);
        sql(
                """
                insert into analysis.user_analyzers values ('harbour', 'Harbour.java', 'refused',
                    'good', 'bad', '[{"line": 3, "column": 7, "message": "expected"}]'),
                    ('never', 'Never.java', 'refused', '', 'bad', '[]')
                """);

        JsonNode analyzers = gateway.get("/api/analyzers").get("analyzers");
        assertThat(analyzers.findValuesAsString("name"))
                .containsExactly("anno1602", "dplay", "harbour", "never", "quay", "x642");
        assertThat(analyzers.get(0).get("version").asString()).isEqualTo("v");
        assertThat(analyzers.get(0).has("file")).isFalse();
        JsonNode harbour = analyzers.get(2);
        assertThat(harbour.get("version").asString()).isEqualTo("good");
        assertThat(harbour.get("refused").asString()).isEqualTo("bad");
        assertThat(harbour.at("/problems/0/line").asInt()).isEqualTo(3);
        assertThat(harbour.at("/fields/0").asString()).isEqualTo("harbour.ship");
        assertThat(analyzers.get(3).has("version")).isFalse();
        JsonNode quay = analyzers.get(4);
        assertThat(quay.get("state").asString()).isEqualTo("current");
        assertThat(quay.get("file").asString())
                .as("in use before its status is stored")
                .isEqualTo("Quay.java");
        assertThat(quay.has("changedAt")).isTrue();
    }

    @Test
    void anAnalyzerIsSavedReadAgainAndDeletedWhereAnalysisLooks() throws Exception {
        String path = "/api/analyzers/files/Harbour.java";

        String version =
                save("Harbour.java", "{\"text\": \"class Harbour {}\"}", 200)
                        .get("version")
                        .asString();
        assertThat(directory.resolve("Harbour.java")).hasContent("class Harbour {}");
        assertThat(gateway.get(path).get("text").asString()).isEqualTo("class Harbour {}");

        assertThat(save("Harbour.java", "{\"text\": \"x\"}", 409).get("type").asString())
                .isEqualTo("urn:kontor:problem:analyzer-changed");
        save("Harbour.java", "{\"text\": \"y\", \"replaces\": \"%s\"}".formatted(version), 200);
        assertThat(directory.resolve("Harbour.java")).hasContent("y");
        version = gateway.get(path).get("version").asString();
        gateway.client()
                .delete()
                .uri(path + "?version=" + version)
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(directory.resolve("Harbour.java")).doesNotExist();
        gateway.client().get().uri(path).exchange().expectStatus().isNotFound();
    }

    @Test
    void whatIsNoAnalyzerIsNotSaved() {
        assertThat(save("harbour.java", "{\"text\": \"\"}", 400).get("parameter").asString())
                .isEqualTo("file");
        save("..Harbour.java", "{\"text\": \"\"}", 400);
        save("Harbour.java", "{}", 400);
        save("Harbour.java", "{\"text\": \"%s\"}".formatted("x".repeat(131_073)), 400);
        assertThat(directory.resolve("Harbour.java")).doesNotExist();
    }

    @Test
    void coverageIsWhatFieldsLeaveOverByMessageType() {
        SampleSession session = new SampleSession("coverage", UUID.randomUUID(), 1, BEGIN);
        session.datagram("game1", 2350, 2350, SampleMessages.x642(1, 2));
        session.datagram("game1", 2350, 2350, SampleMessages.x642(3, 4));
        session.datagram("game1", 2350, 2350, SampleMessages.dplay(0x16, 36));
        session.end();
        stack.record(session);
        sql(
                """
                update analysis.messages set fields = '[
                  {"name": "x642.action", "length": 15},
                  {"name": "x642.body", "offset": 16, "length": 8, "children":
                  [{"name": "x642.a", "offset": 16, "length": 5},
                   {"name": "x642.unknown", "offset": 21, "length": 3}]}]'
                where protocol = 'x642' and session_id = '%s'
                """
                        .formatted(session.id()));
        sql(
                "update analysis.messages set fields = '[]' where protocol = 'dplay'"
                        + " and session_id = '%s'".formatted(session.id()));

        JsonNode coverage = gateway.get("/api/sessions/" + session.id() + "/coverage");

        assertThat(coverage.get("messages").asInt()).isEqualTo(3);
        assertThat(coverage.get("complete").asBoolean()).isTrue();
        assertThat(coverage.get("types").findValuesAsString("type").getFirst()).isEqualTo("PING");
        assertThat(coverage.at("/types/0/unknownBytes").asInt()).isEqualTo(36);
        assertThat(coverage.at("/types/1/messages").asInt()).isEqualTo(2);
        assertThat(coverage.at("/types/1/bytes").asInt()).isEqualTo(48);
        assertThat(coverage.at("/types/1/unknownBytes").asInt()).isEqualTo(8);
        assertThat(
                        gateway.get("/api/sessions/" + session.id() + "/coverage?limit=2")
                                .get("complete")
                                .asBoolean())
                .isFalse();
    }

    private static JsonNode save(String file, String body, int status) {
        return JSON.readTree(
                gateway.client()
                        .put()
                        .uri(gateway.uri("/api/analyzers/files/" + file))
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status)
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    @Test
    void listsResultsOfTheAnalyzersOwnPageByPage() {
        UUID session = UUID.randomUUID();
        for (int sequence = 1; sequence <= 3; sequence++) {
            sql(
                    """
                    insert into analysis.results values ('%s', %d, 0, 'harbour', 'good', 'arrival',
                        0.5, '{"ship": "Anna"}', '{1,2}')
                    """
                            .formatted(session, sequence));
        }
        String path = "/api/sessions/" + session + "/results?limit=2";
        JsonNode page = gateway.get(path);
        assertThat(page.get("results")).hasSize(2);
        assertThat(page.at("/results/0/result_type").asString()).isEqualTo("arrival");
        assertThat(page.at("/results/0/analysis_data/ship").asString()).isEqualTo("Anna");
        assertThat(page.at("/results/0/related_events/1").asLong()).isEqualTo(2);
        JsonNode last = gateway.get(path + "&after=" + page.get("next").asLong());
        assertThat(last.get("results")).hasSize(1);
        assertThat(last.has("next")).isFalse();
    }

    @Test
    void tellsOfRefusedFilesAndOfSwapsOfItsOwnSessionInTheStream() {
        SampleSession session = stack.record(SampleSession.lobby("analyzers"));
        try (EventStream stream = gateway.stream(session, null)) {
            Received first = stream.next();
            assertThat(first.type()).isEqualTo("event");
            String other = UUID.randomUUID().toString();
            tell(AnalyzerStatus.newBuilder().setAnalyzer("a").setSessionId(other));
            tell(
                    AnalyzerStatus.newBuilder()
                            .setAnalyzer("a")
                            .setFile("A.java")
                            .setRefusedVersion("bad")
                            .addProblems(
                                    AnalyzerProblem.newBuilder()
                                            .setLine(3)
                                            .setColumn(7)
                                            .setMessage("expected")));
            tell(
                    AnalyzerStatus.newBuilder()
                            .setAnalyzer("a")
                            .setVersion("good")
                            .setSessionId(session.id().toString())
                            .setSwappedAfter(9)
                            .setDissectedFrom(2)
                            .setResults(4));
            JsonNode refused = nextAnalyzer(stream);
            assertThat(refused.get("refused").asString()).isEqualTo("bad");
            assertThat(refused.at("/problems/0/column").asInt()).isEqualTo(7);
            JsonNode swapped = nextAnalyzer(stream);
            assertThat(swapped.get("version").asString()).isEqualTo("good");
            assertThat(swapped.get("swappedAfter").asLong()).isEqualTo(9);
            assertThat(swapped.get("dissectedFrom").asLong()).isEqualTo(2);
        }
    }

    private static JsonNode nextAnalyzer(EventStream stream) {
        return JSON.readTree(stream.until(item -> item.type().equals("analyzer")).getLast().data());
    }

    private static void tell(AnalyzerStatus.Builder status) {
        stack.send(
                Records.of(
                        ControlEvent.newBuilder()
                                .setLab("analyzers")
                                .setControlId(UUID.randomUUID().toString())
                                .setAnalyzerStatus(status)
                                .build()));
    }

    private static void sql(String statement) {
        stack.jdbc().sql(statement).update();
    }
}
