package kontor.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import kontor.control.v1.ControlEvent;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleStack;
import kontor.sessions.v1.NobodysAddress;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the API answers, over real HTTP, with a real broker and a real database. */
@Timeout(120)
class RestIT {

    private static final JsonMapper JSON = new JsonMapper();

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
    void answersWithASessionsEventsMessagesAndFlows() {
        SampleSession session = stack.record(SampleSession.lobby("rest"));
        String path = "/api/sessions/" + session.id();

        assertThat(gateway.get(path).get("lab").asString()).isEqualTo("rest");
        assertThat(gateway.get(path).get("startedAt").asString())
                .isEqualTo("2026-11-22T12:00:00.000001Z");
        assertThat(gateway.get(path).get("lastSequence").asLong())
                .isEqualTo(session.lastSequence());

        JsonNode page = gateway.get(path + "/events?after=1&limit=2");
        assertThat(page.at("/events/0/event/sequence").asLong()).isEqualTo(2);
        assertThat(page.at("/events/0/event/flow/source/address").asString())
                .isEqualTo("127.1.0.1");
        assertThat(page.at("/events/0/messages/0/type").asString()).isEqualTo("ENUMSESSIONS");
        assertThat(page.get("next").asLong()).isEqualTo(3);
        assertThat(page.get("previous").asLong()).isEqualTo(2);

        JsonNode event = gateway.get(path + "/events/5");
        assertThat(event.at("/original/length").asInt()).isEqualTo(124);
        assertThat(event.at("/original/hex").asString()).hasSize(248).startsWith("7c00b0fa");
        assertThat(event.at("/original/crc32cRight").asBoolean()).isTrue();
        assertThat(event.at("/deliveries/0/receipts/0/outcome").asString()).isEqualTo("done");
        assertThat(event.at("/messages/0/message/type").asString()).isEqualTo("ENUMSESSIONSREPLY");
        assertThat(event.at("/messages/0/spans/0/length").asInt()).isEqualTo(124);
        assertThat(event.at("/messages/0/fields/2/children/1/name").asString())
                .isEqualTo("dplay.saddr.port");

        JsonNode flows = gateway.get(path + "/flows");
        assertThat(flows.at("/flows/1/protocol").asString()).isEqualTo("tcp");
        assertThat(flows.at("/flows/1/bytesFromOpener").asInt()).isEqualTo(192);
        assertThat(gateway.get(path + "/messages?limit=2").get("messages")).hasSize(2);
    }

    @Test
    void aPageOfEventsHasTheValuesOfFieldsAndTheReceiptsThatAreAskedFor() {
        SampleSession session = stack.record(SampleSession.lobby("extras"));
        String path = "/api/sessions/" + session.id() + "/events?after=1&limit=2";

        JsonNode plain = gateway.get(path);
        assertThat(plain.at("/events/0/messages/0/values").isMissingNode()).isTrue();
        assertThat(plain.at("/events/0/deliveries").isMissingNode()).isTrue();

        JsonNode page = gateway.get(path + "&fields=dplay.command,data.data&receipts=true");
        assertThat(page.at("/events/0/messages/0/values/dplay.command/0").asInt()).isEqualTo(2);
        assertThat(page.at("/events/0/messages/0/values/data.data").isMissingNode()).isTrue();
        assertThat(page.at("/events/0/deliveries/0/instance").asString()).isEqualTo("game2");
        assertThat(page.at("/events/0/deliveries/0/receipts/0/outcome").asString())
                .isEqualTo("done");

        gateway.client()
                .get()
                .uri(path + "&fields=a%27b")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.parameter")
                .isEqualTo("fields");
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

    @Test
    void aListComesAsLinesWithALinkToItsNextPageForThoseWhoAcceptThat() {
        SampleSession session = stack.record(SampleSession.lobby("lines"));
        String path = "/api/sessions/" + session.id();

        var answer =
                gateway.client()
                        .get()
                        .uri(path + "/events?limit=2")
                        .accept(MediaType.APPLICATION_NDJSON)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .contentType(MediaType.APPLICATION_NDJSON)
                        .expectHeader()
                        .valueEquals(
                                "Link", "<%s/events?limit=2&after=2>; rel=\"next\"".formatted(path))
                        .expectBody(byte[].class)
                        .returnResult()
                        .getResponseBody();
        List<String> lines =
                new String(requireNonNull(answer), java.nio.charset.StandardCharsets.UTF_8)
                        .lines()
                        .toList();
        assertThat(lines).hasSize(2);
        assertThat(JSON.readTree(lines.get(1)).at("/event/sequence").asInt()).isEqualTo(2);
        for (String list : List.of("/api/sessions", path + "/messages", path + "/flows")) {
            gateway.client()
                    .get()
                    .uri(list)
                    .accept(MediaType.APPLICATION_NDJSON)
                    .exchange()
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_NDJSON);
        }
        assertThat(gateway.get(path + "/events?limit=2").get("events")).hasSize(2);
    }

    @Test
    void theTimeLineCountsEveryEventOfEachInstanceInItsPart() {
        SampleSession session = SampleSession.of("timeline");
        session.datagram("game1", 2350, 2350, SampleMessages.dplay(0x16, 36));
        session.pause(10_000);
        session.datagram("game2", 2350, 2350, SampleMessages.dplay(0x17, 36));
        session.datagram("game1", 2350, 2350, SampleMessages.dplay(0x16, 36));
        stack.record(session);
        String path = "/api/sessions/" + session.id() + "/timeline";

        JsonNode line = gateway.get(path + "?parts=4");
        assertThat(line.at("/parts/0/counts/game1").asInt()).isEqualTo(1);
        assertThat(line.at("/parts/0/firstSequence").asInt()).isEqualTo(1);
        assertThat(line.at("/parts/1/number").asInt()).isEqualTo(3);
        assertThat(line.at("/parts/1/firstSequence").asInt()).isEqualTo(3);
        assertThat(line.at("/parts/1/counts/game1").asInt()).isEqualTo(1);
        assertThat(line.at("/parts/1/counts/game2").asInt()).isEqualTo(1);
        gateway.client().get().uri(path + "?parts=0").exchange().expectStatus().isBadRequest();
    }

    @Test
    void pagesEventsInBothDirectionsAndMessagesByCursor() {
        SampleSession session = SampleSession.of("paging");
        session.chat(24);
        stack.recordSession(session);
        session.steps().forEach(stack::record);
        String path = "/api/sessions/" + session.id();

        List<Long> forward = new ArrayList<>();
        JsonNode page = gateway.get(path + "/events?limit=10");
        while (true) {
            page.get("events").forEach(e -> forward.add(e.at("/event/sequence").asLong()));
            if (page.get("next") == null) {
                break;
            }
            page = gateway.get(path + "/events?limit=10&after=" + page.get("next").asLong());
        }
        assertThat(forward).isEqualTo(session.sequences());

        List<Long> backward = new ArrayList<>();
        page = gateway.get(path + "/events?limit=10&before=26");
        while (true) {
            List<Long> part = new ArrayList<>();
            page.get("events").forEach(e -> part.add(e.at("/event/sequence").asLong()));
            backward.addAll(0, part);
            if (page.get("previous") == null) {
                break;
            }
            page = gateway.get(path + "/events?limit=10&before=" + page.get("previous").asLong());
        }
        assertThat(backward).isEqualTo(session.sequences());

        List<Long> messages = new ArrayList<>();
        page = gateway.get(path + "/messages?limit=7");
        while (true) {
            page.get("messages").forEach(m -> messages.add(m.at("/message/sequence").asLong()));
            if (page.get("next") == null) {
                break;
            }
            page = gateway.get(path + "/messages?limit=7&cursor=" + page.get("next").asString());
        }
        assertThat(messages).isEqualTo(LongStream.rangeClosed(2, 25).boxed().toList());
    }

    @Test
    void listsSessionsNewestFirst() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Instant begin = Instant.parse("2030-01-01T00:00:00Z").plusSeconds(i / 2);
            SampleSession session = new SampleSession("newest", UUID.randomUUID(), 1, begin);
            stack.recordSession(session);
            made.addFirst(session.id().toString());
        }
        List<String> found = new ArrayList<>();
        JsonNode page = gateway.get("/api/sessions?limit=2");
        while (found.size() < 5) {
            page.get("sessions").forEach(s -> found.add(s.get("id").asString()));
            page = gateway.get("/api/sessions?limit=2&cursor=" + page.get("next").asString());
        }

        assertThat(found.subList(0, 5)).doesNotHaveDuplicates().containsAll(made);
        assertThat(found.getFirst()).isEqualTo(made.getFirst());
    }

    @Test
    void givesTheBytesOfAFlowAsTurnsAndAsTheyAre() {
        SampleSession session = stack.record(SampleSession.lobby("bytes"));
        String path = "/api/sessions/" + session.id() + "/flows/2/stream";

        JsonNode turns = gateway.get(path + "?direction=opener&limit=1");
        assertThat(turns.at("/turns/0/from").asString()).isEqualTo("opener");
        assertThat(turns.get("next").asLong()).isEqualTo(5);
        byte[] bytes =
                gateway.client()
                        .get()
                        .uri(path)
                        .accept(MediaType.APPLICATION_OCTET_STREAM)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(byte[].class)
                        .returnResult()
                        .getResponseBody();
        assertThat(bytes)
                .isEqualTo(
                        SampleMessages.dplay(0x01, 124)
                                .plus(SampleMessages.dplay(0x07, 68))
                                .toByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/sessions/{id}/events?filtre=x, 400, unknown-parameter, filter",
        "/api/sessions/{id}/events?filter=udp.prt, 400, bad-filter, udp.prt",
        "/api/sessions/{id}/events/count?filter=udp.prt, 400, bad-filter, udp.prt",
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
                        "/api/sessions/{id}/screens",
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
        assertThat(api.at("/components/schemas/StreamItem/oneOf").size()).isEqualTo(6);
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
                        policy -> assertThat(policy).contains("default-src 'self'"))
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
        return SampleSession.endpoint(a, b, c, d, 0).getAddress();
    }
}
