package kontor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.gateway.sample.EventStream;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.SampleSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names, notes, markers and deletion, over real HTTP, in a real database. */
@Timeout(120)
class HousekeepingIT extends GatewayOnSampleStack {

    private static final JsonMapper JSON = new JsonMapper();

    @BeforeAll
    static void start() {
        startGateway(Map.of());
    }

    private static String path(SampleSession session) {
        return "/api/sessions/" + session.id();
    }

    private static ResponseSpec delete(SampleSession session, String name) {
        return gateway.client().delete().uri(path(session) + "?name={name}", name).exchange();
    }

    private static SampleSession ended(String lab) {
        SampleSession session = SampleSession.lobby(lab);
        session.end();
        return stack.record(session);
    }

    private static long rows(String table, SampleSession session) {
        return stack.jdbc()
                .sql("select count(*) from " + table + " where session_id = :id")
                .param("id", session.id())
                .query(Long.class)
                .single();
    }

    private static JsonNode mark(SampleSession session, Map<String, Object> body) {
        return JSON.readTree(
                gateway.client()
                        .post()
                        .uri(path(session) + "/markers")
                        .bodyValue(body)
                        .exchange()
                        .expectStatus()
                        .isCreated()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    @Test
    void aSessionSaysWhetherGamesPlayedItOrACaptureWasImported() {
        SampleSession played = ended("played");
        SampleSession imported = ended("imported");
        stack.jdbc()
                .sql(
                        """
                        insert into capture.runs (run_id, lab, instance, peer_addresses,
                            software_version, capture_method, started_at)
                        values (gen_random_uuid(), 'imported', 'game1', '{}', '1', 'import', now())
                        """)
                .update();

        assertThat(gateway.get(path(played)).get("origin").asString()).isEqualTo("games");
        assertThat(gateway.get(path(imported)).get("origin").asString()).isEqualTo("import");
    }

    @Test
    void namesASessionAndNotesSomethingAboutIt() {
        SampleSession session = ended("names");
        assertThat(gateway.get(path(session)).get("name").asString()).isEqualTo("names 1");

        for (Map<String, String> body :
                List.of(Map.of("name", " First trade "), Map.of("note", "gold at 40"))) {
            gateway.client()
                    .patch()
                    .uri(path(session))
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .isOk();
        }
        assertThat(gateway.get(path(session)).get("name").asString()).isEqualTo("First trade");
        assertThat(gateway.get(path(session)).get("note").asString()).isEqualTo("gold at 40");

        gateway.client().patch().uri(path(session)).bodyValue(Map.of("name", "")).exchange();
        assertThat(gateway.get(path(session)).get("name").asString()).isEqualTo("names 1");
        assertThat(gateway.get(path(session)).get("note").asString()).isEqualTo("gold at 40");
    }

    @Test
    void refusesANameThatIsTooLong() {
        SampleSession session = ended("long-names");
        gateway.client()
                .patch()
                .uri(path(session))
                .bodyValue(Map.of("name", "x".repeat(101)))
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void deletesASessionWithAllThatIsKnownOfItAndNeverShowsItAgain() {
        SampleSession session = ended("deleted");
        SampleSession other = ended("deleted");
        stack.analysed(session);
        mark(session, Map.of("label", "here"));
        for (String row :
                List.of(
                        "state_values values (?, 'a/money', 'money', 1, '', null, null, null, '',"
                                + " 1)",
                        "state_changes values (?, 'a/money', 1, 0, 0, 1, '1', null)",
                        "chat_lines values (?, 1, 0, 1, 'game1', 0, 255, 'Hallo')")) {
            stack.jdbc().sql("insert into analysis." + row).param(session.id()).update();
        }

        delete(session, "deleted 1").expectStatus().isNoContent();

        for (String table :
                List.of(
                        "capture.sessions",
                        "capture.events",
                        "capture.flows",
                        "capture.deliveries",
                        "capture.receipts",
                        "capture.markers",
                        "analysis.messages",
                        "analysis.state_values",
                        "analysis.state_changes",
                        "analysis.chat_lines")) {
            assertThat(rows(table, session)).as(table).isZero();
        }
        assertThat(rows("capture.events", other)).isEqualTo(other.lastSequence());
        // As if the log were read once more.
        stack.record(session);
        gateway.client().get().uri(path(session)).exchange().expectStatus().isNotFound();
        gateway.client()
                .get()
                .uri(path(session) + "/stream")
                .exchange()
                .expectStatus()
                .isNotFound();
        assertThat(gateway.get("/api/sessions?limit=1000").get("sessions"))
                .noneMatch(s -> s.get("id").asString().equals(session.id().toString()));
        delete(session, "whatever").expectStatus().isNoContent();
        assertThat(rows("capture.events", session)).isZero();
    }

    @Test
    void deletesNothingUnderAnotherName() {
        SampleSession session = ended("kept");

        delete(session, "kept 2").expectStatus().isBadRequest();
        gateway.client().delete().uri(path(session)).exchange().expectStatus().isBadRequest();

        assertThat(rows("capture.events", session)).isEqualTo(session.lastSequence());
    }

    @Test
    void neverDeletesARunningSession() {
        SampleSession session = stack.record(SampleSession.lobby("running"));

        delete(session, "running 1")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:kontor:problem:session-running");
        assertThat(rows("capture.events", session)).isEqualTo(session.lastSequence());
    }

    @Test
    void waitsForAnalysisBeforeItDeletes() {
        SampleSession session = ended("analysed");
        stack.analysed(session);
        stack.jdbc()
                .sql("update analysis.sessions set ended = false where session_id = :id")
                .param("id", session.id())
                .update();

        delete(session, "analysed 1").expectStatus().isEqualTo(409);
    }

    @Test
    void marksMoments() {
        SampleSession session = ended("markers");

        JsonNode second = mark(session, Map.of("label", "built a fisher's hut"));
        JsonNode first = mark(session, Map.of("label", " joined ", "sequence", 3));

        assertThat(second.get("sequence").asLong()).isEqualTo(session.lastSequence());
        JsonNode markers = gateway.get(path(session) + "/markers").get("markers");
        assertThat(markers).containsExactly(first, second);
        assertThat(first.get("label").asString()).isEqualTo("joined");
        byte[] export =
                gateway.client()
                        .get()
                        .uri(path(session) + "/export")
                        .exchange()
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        assertThat(new String(export, UTF_8))
                .contains("marker: joined")
                .contains("marker: built a fisher's hut");

        String one = path(session) + "/markers/" + first.get("id").asString();
        gateway.client().delete().uri(one).exchange().expectStatus().isNoContent();
        gateway.client().delete().uri(one).exchange().expectStatus().isNotFound();
        assertThat(gateway.get(path(session) + "/markers").get("markers")).hasSize(1);
    }

    @Test
    void findsEventsByTheirMarkers() {
        SampleSession session = ended("found-markers");
        mark(session, Map.of("label", "built a fisher's hut", "sequence", 3));
        mark(session, Map.of("label", "rain", "sequence", 5));

        assertThat(sequences(session, "marker")).containsExactly(3L, 5L);
        assertThat(sequences(session, "marker contains \"hut\"")).containsExactly(3L);
        assertThat(sequences(session, "marker matches \"^RAIN$\"")).containsExactly(5L);
        assertThat(sequences(session, "!marker")).hasSize((int) session.lastSequence() - 2);
    }

    private static List<Long> sequences(SampleSession session, String filter) {
        byte[] body =
                gateway.client()
                        .get()
                        .uri(path(session) + "/events?filter={filter}", filter)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        return JSON.readTree(body)
                .get("events")
                .valueStream()
                .map(event -> event.at("/event/sequence").asLong())
                .toList();
    }

    @Test
    void refusesMarkersWithoutLabelOrWhereThereIsNoEvent() {
        SampleSession session = ended("no-markers");
        for (Map<String, Object> body :
                List.<Map<String, Object>>of(
                        Map.of("label", " "),
                        Map.of("sequence", 1),
                        Map.of("label", "x", "sequence", 0),
                        Map.of("label", "x", "sequence", session.lastSequence() + 1))) {
            gateway.client()
                    .post()
                    .uri(path(session) + "/markers")
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .isBadRequest();
        }
        gateway.client()
                .get()
                .uri("/api/sessions/" + UUID.randomUUID() + "/markers")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void tellsTheStreamOfMarkers() {
        SampleSession session = ended("marker-news");
        mark(session, Map.of("label", "before", "sequence", 2));
        try (EventStream stream = gateway.stream(session, null)) {
            assertThat(marker(stream).at("/marker/label").asString()).isEqualTo("before");

            mark(session, Map.of("label", "while it is watched", "sequence", 3));
            JsonNode news = marker(stream);
            assertThat(news.at("/marker/label").asString()).isEqualTo("while it is watched");
            assertThat(news.get("deleted").asBoolean()).isFalse();
        }
    }

    private static JsonNode marker(EventStream stream) {
        return JSON.readTree(
                stream.until(received -> received.type().equals("marker")).getLast().data());
    }
}
