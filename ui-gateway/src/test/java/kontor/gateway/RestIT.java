package kontor.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.control.v1.ControlEvent;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.SampleFlows;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.sessions.v1.NobodysAddress;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the API says of itself, what it refuses and what it passes on, over real HTTP. */
@Timeout(120)
class RestIT extends GatewayOnSampleStack {

    private static final JsonMapper JSON = new JsonMapper();

    @BeforeAll
    static void start() {
        startGateway(Map.of("KONTOR_GATEWAY_RECEIPT_PATIENCE", "0s"));
    }

    @Test
    void aStreamFromBehindTheEndOfASessionThatIsOverIsRefusedAtOnce() {
        SampleSession session = SampleSession.of("over");
        session.end();
        stack.record(session);
        String path = "/api/sessions/" + session.id() + "/stream?after=";

        gateway.client()
                .get()
                .uri(path + "999999999")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:kontor:problem:bad-cursor")
                .jsonPath("$.detail")
                .value(detail -> assertThat((String) detail).contains("the session ended"));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/sessions/{id}/events?filtre=x, 400, unknown-parameter, filter",
        "/api/sessions/{id}/events?filter=udp.prt, 400, bad-filter, udp.prt",
        "/api/sessions/{id}/events/count?filter=udp.prt, 400, bad-filter, udp.prt",
        "/api/sessions/{id}/events/blocks?filter=udp.prt, 400, bad-filter, udp.prt",
        "/api/sessions/{id}/messages?filter=udp.prt, 400, bad-filter, udp.prt",
        "/api/sessions/{id}/stream?filter=udp.prt, 400, bad-filter, udp.prt",
        "/api/filters/check?filter=udp&caret=4, 400, bad-parameter, 0 to 3",
        "/api/sessions/{id}/events?limit=0, 400, bad-parameter, 1 to 1000",
        "/api/sessions/{id}/events?limit=ten, 400, bad-parameter, a whole number",
        "/api/sessions/{id}/events?after=-1, 400, bad-parameter, 0 or more",
        "/api/sessions/{id}/events?after=1&after=2, 400, bad-parameter, one value",
        "/api/sessions/{id}/events/9999, 404, no-such-event, 9999",
        "/api/sessions/{id}/messages?cursor=zz, 400, bad-cursor, zz",
        "/api/sessions?cursor=zz, 400, bad-cursor, zz",
        "/api/sessions/{id}/flows/99, 404, no-such-path, 99",
        "/api/sessions/{id}/flows/99/stream, 404, no-such-flow, 99",
        "/api/sessions/{id}/flows/2/stream?direction=up, 400, bad-parameter, opener",
        "/api/sessions/{id}/stream?after=zz, 400, bad-cursor, zz",
        "/api/sessions/00000000-0000-0000-0000-000000000000, 404, no-such-session, 0000",
        "/api/sessions/00000000-0000-0000-0000-000000000000/events, 404, no-such-session, 0000",
        "/api/sessions/00000000-0000-0000-0000-000000000000/stream, 404, no-such-session, 0000",
        "/api/sessions/00000000-0000-0000-0000-000000000000/continuity, 404, no-such-session, 0",
        "/api/sessions/nonsense, 400, bad-parameter, UUID",
        "/api/nonsense, 404, no-such-path, nonsense",
        "/nonsense.js, 404, no-such-path, nonsense",
    })
    void saysWhatIsWrong(String path, int status, String type, String detail) {
        SampleSession session = stack.record(SampleSession.lobby("errors"));

        gateway.client()
                .get()
                .uri(path.replace("{id}", session.id().toString()))
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:kontor:problem:" + type)
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.detail")
                .value(String.class, text -> assertThat(text).contains(detail));
    }

    @Test
    void describesEachEndpoint() {
        JsonNode api = gateway.get("/v3/api-docs");

        assertThat(api.get("openapi").asString()).startsWith("3.1");
        assertThat(api.get("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/api/labs",
                        "/api/labs/{lab}/freeze",
                        "/api/labs/{lab}/thaw",
                        "/api/analyzers",
                        "/api/analyzers/{name}/versions",
                        "/api/analyzers/{name}/promote",
                        "/api/fields",
                        "/api/fields/export",
                        "/api/filters/check",
                        "/api/filters/complete",
                        "/api/imports",
                        "/api/instances",
                        "/api/instances/{name}/screen",
                        "/api/screens",
                        "/api/snapshots",
                        "/api/snapshots/{id}/restore",
                        "/api/held",
                        "/api/held/{lab}/{number}/release",
                        "/api/held/{lab}/{number}/preview",
                        "/api/held/{lab}/{number}/drop",
                        "/api/sessions/{id}/screens",
                        "/api/sessions/{id}/screens/{instance}",
                        "/api/sessions/{id}/screens/{instance}/{picture}",
                        "/api/rules",
                        "/api/rules/{file}",
                        "/api/analyzers/files/{file}",
                        "/api/sessions/{id}/coverage",
                        "/api/sessions/{id}/rule-trials",
                        "/api/sessions/{id}/injections",
                        "/api/sessions/{id}/injections/{injection}",
                        "/api/services",
                        "/api/sign-in",
                        "/api/reloads",
                        "/api/reloads/{id}",
                        "/api/sessions",
                        "/api/sessions/{id}",
                        "/api/sessions/{id}/end",
                        "/api/sessions/{id}/analysis-runs",
                        "/api/sessions/{id}/analysis-runs/compare",
                        "/api/sessions/{id}/analysis-runs/{run}",
                        "/api/sessions/{id}/events",
                        "/api/sessions/{id}/events/count",
                        "/api/sessions/{id}/events/blocks",
                        "/api/sessions/{id}/events/{sequence}",
                        "/api/sessions/{id}/markers",
                        "/api/sessions/{id}/markers/{marker}",
                        "/api/sessions/{id}/messages",
                        "/api/sessions/{id}/results",
                        "/api/sessions/{id}/export",
                        "/api/sessions/{id}/flows",
                        "/api/sessions/{id}/flows/{flow}/stream",
                        "/api/sessions/{id}/continuity",
                        "/api/sessions/{id}/continuity/progress",
                        "/api/sessions/{id}/state",
                        "/api/sessions/{id}/state/series",
                        "/api/sessions/{id}/statistics",
                        "/api/sessions/{id}/statistics/bytes",
                        "/api/sessions/{id}/find/value",
                        "/api/sessions/{id}/find/series",
                        "/api/sessions/{id}/find/bits",
                        "/api/sessions/{id}/timeline",
                        "/api/sessions/{id}/stream");
        assertThat(api.at("/paths/~1api~1sessions").propertyNames())
                .containsExactlyInAnyOrder("get", "post");
        api.get("paths")
                .forEach(path ->
                        path.forEach(operation -> {
                            assertThat(operation.get("summary")).isNotNull();
                            assertThat(operation.at("/responses/default").isMissingNode()).isTrue();
                            for (String status : List.of("400", "401", "403", "500", "503")) {
                                assertThat(
                                                operation
                                                        .at("/responses/" + status + "/content")
                                                        .propertyNames())
                                        .containsExactly("application/problem+json");
                            }
                        }));
    }

    @Test
    void describesWhichWordsItUsesWhichProblemsMayComeAndWhatTheStreamSends() {
        JsonNode api = gateway.get("/v3/api-docs");

        JsonNode event = api.at("/components/schemas/EventSummary/properties");
        assertThat(event.at("/verdict/enum"))
                .extracting(JsonNode::asString)
                .containsExactly(
                        "observed",
                        "relayed",
                        "mutated",
                        "held",
                        "dropped",
                        "injected",
                        "undeliverable");
        assertThat(event.at("/type/enum"))
                .extracting(JsonNode::asString)
                .contains("session_started", "flow_data", "datagram", "game_frozen");
        assertThat(api.at("/paths/~1api~1sessions~1{id}/get/responses/404/description").asString())
                .contains("urn:kontor:problem:no-such-session");
        assertThat(
                        api.at(
                                        "/paths/~1api~1sessions~1{id}~1stream/get/responses/200/content"
                                            + "/text~1event-stream/schema/$ref")
                                .asString())
                .isEqualTo("#/components/schemas/StreamItem");
        assertThat(api.at("/components/schemas/StreamItem/oneOf").size()).isEqualTo(8);
        assertThat(api.at("/components/schemas/StreamItem.event/properties/data/$ref").asString())
                .isEqualTo("#/components/schemas/EventSummary");
    }

    @Test
    void servesThePageWithAStrictPolicy() {
        gateway.client()
                .get()
                .uri("/")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .value(
                        "Content-Security-Policy",
                        policy ->
                                assertThat(policy)
                                        .contains("default-src 'self'")
                                        .doesNotContain("unsafe-"))
                .expectBody(String.class)
                .value(page -> assertThat(page).contains("app.js"));
    }

    @Test
    void asksForASessionAndForItsEnd() {
        long before = stack.end(Topics.CONTROL);
        JsonNode answer =
                JSON.readTree(
                        gateway.client()
                                .post()
                                .uri("/api/sessions")
                                .bodyValue(Map.of("lab", "control"))
                                .exchange()
                                .expectStatus()
                                .isAccepted()
                                .expectBody(String.class)
                                .returnResult()
                                .getResponseBody());
        SampleSession session = stack.record(SampleSession.lobby("control"));
        gateway.client()
                .post()
                .uri("/api/sessions/" + session.id() + "/end")
                .exchange()
                .expectStatus()
                .isAccepted();

        List<ControlEvent> requests =
                stack.read(Topics.CONTROL, before).stream()
                        .map(Records::controlEvent)
                        .filter(event -> event.getLab().equals("control"))
                        .toList();
        assertThat(requests).hasSize(2);
        assertThat(requests.getFirst().getStartSession().getSessionId())
                .isEqualTo(answer.get("id").asString());
        assertThat(requests.getLast().getEndSession().getSessionId())
                .isEqualTo(session.id().toString());

        session.end();
        stack.record(session.steps().getLast());
        gateway.client()
                .post()
                .uri("/api/sessions/" + session.id() + "/end")
                .exchange()
                .expectStatus()
                .isEqualTo(409);
    }

    @Test
    void takesNoCommandsFromOtherSites() {
        gateway.client()
                .post()
                .uri("/api/sessions/" + UUID.randomUUID() + "/end")
                .header("Sec-Fetch-Site", "cross-site")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void knowsWhichInstancesAreConnected() {
        UUID run = UUID.randomUUID();
        stack.status("board", "game1", run, Instant.now(), 42);
        stack.status("board", "game2", UUID.randomUUID(), Instant.now().minusSeconds(60), 7);

        await().untilAsserted(() -> {
            Map<String, JsonNode> byName = new HashMap<>();
            gateway.get("/api/instances")
                    .get("instances")
                    .forEach(instance -> {
                        if (instance.get("lab").asString().equals("board")) {
                            byName.put(instance.get("name").asString(), instance);
                        }
                    });
            assertThat(byName).containsOnlyKeys("game1", "game2");
            assertThat(requireNonNull(byName.get("game1")).get("connected").asBoolean()).isTrue();
            assertThat(requireNonNull(byName.get("game1")).get("capturedEvents").asLong())
                    .isEqualTo(42);
            assertThat(requireNonNull(byName.get("game2")).get("connected").asBoolean()).isFalse();
        });
        assertThat(gateway.get("/api/labs").get("labs"))
                .anySatisfy(lab -> {
                    assertThat(lab.get("name").asString()).isEqualTo("board");
                    assertThat(lab.get("instances")).hasSize(2);
                });
    }

    @Test
    void warnsOfAnAddressThatMeansNobodyWithTheRuleThatMendsIt() {
        SampleSession session = SampleSession.of("addresses");
        session.datagram("game1", 2300, 47624, SampleMessages.dplay(0x02, 52));
        stack.publish(
                session.steps().getLast().event().toBuilder()
                        .addNobodysAddresses(
                                NobodysAddress.newBuilder()
                                        .setAddress(address(192, 168, 56, 1))
                                        .setField("dplay.saddr.ip")
                                        .setOwnAddress(address(127, 1, 0, 1)))
                        .build());

        await().untilAsserted(() -> {
            JsonNode warnings = gateway.get("/api/instances").get("addressWarnings");
            assertThat(warnings).hasSize(1);
            JsonNode warning = warnings.get(0);
            assertThat(warning.get("lab").asString()).isEqualTo("addresses");
            assertThat(warning.get("instance").asString()).isEqualTo("game1");
            assertThat(warning.get("address").asString()).isEqualTo("192.168.56.1");
            assertThat(warning.get("session").asString()).isEqualTo(session.id().toString());
            assertThat(warning.at("/rule/file").asString())
                    .isEqualTo("address-game1-192.168.56.1.yaml");
            assertThat(warning.at("/rule/text").asString())
                    .contains("set: dplay.saddr.ip", "to: 127.1.0.1");
        });
    }

    private static ByteString address(int a, int b, int c, int d) {
        return SampleFlows.endpoint(a, b, c, d, 0).getAddress();
    }
}
