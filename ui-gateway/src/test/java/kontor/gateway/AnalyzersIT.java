package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import kontor.control.v1.AnalyzerProblem;
import kontor.control.v1.AnalyzerStatus;
import kontor.control.v1.ControlEvent;
import kontor.gateway.sample.EventStream;
import kontor.gateway.sample.EventStream.Received;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleStack;
import kontor.topics.Records;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the gateway tells of analyzers, from its tables and in the stream. */
@Timeout(120)
class AnalyzersIT {

    private static final JsonMapper JSON = new JsonMapper();

    private static SampleStack stack;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        stack = new SampleStack();
        gateway = GatewayUnderTest.on(stack);
        gateway.awaitReady();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        stack.close();
    }

    @Test
    void listsVersionsErrorsAndFields() {
        sql(
                """
                insert into analysis.analyzers (analyzer, analyzer_version, is_current)
                values ('harbour', 'old', false), ('harbour', 'good', true), ('anno1602', 'v', true)
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
                .containsExactly("anno1602", "dplay", "harbour", "never", "x642");
        assertThat(analyzers.get(0).get("version").asString()).isEqualTo("v");
        assertThat(analyzers.get(0).has("file")).isFalse();
        JsonNode harbour = analyzers.get(2);
        assertThat(harbour.get("version").asString()).isEqualTo("good");
        assertThat(harbour.get("refused").asString()).isEqualTo("bad");
        assertThat(harbour.at("/problems/0/line").asInt()).isEqualTo(3);
        assertThat(harbour.at("/fields/0").asString()).isEqualTo("harbour.ship");
        assertThat(analyzers.get(3).has("version")).isFalse();
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
