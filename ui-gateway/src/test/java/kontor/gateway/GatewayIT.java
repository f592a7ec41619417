package kontor.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import kontor.control.v1.ControlEvent;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.sample.EventStream;
import kontor.gateway.sample.EventStream.Received;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleSession.Step;
import kontor.gateway.sample.SampleStack;
import kontor.sessions.v1.OwnerClaim;
import kontor.sessions.v1.SessionEvent;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway over real HTTP, with a real broker and a real database. */
@Timeout(120)
class GatewayIT {

    /** Small, so that the database is needed. */
    private static final int RING = 64;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00.000001Z");

    private static SampleStack stack;
    private static ConfigurableApplicationContext gateway;
    private static URI base;
    private static WebTestClient client;

    @BeforeAll
    static void start() {
        stack = new SampleStack();
        gateway = gateway();
        base = base(gateway);
        client = client(base);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        client.get()
                                .uri("/actuator/health/readiness")
                                .exchange()
                                .expectStatus()
                                .isOk());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        stack.close();
    }

    private static ConfigurableApplicationContext gateway() {
        SpringApplication application = new SpringApplication(GatewayApplication.class);
        application.setDefaultProperties(
                Map.of(
                        "KONTOR_KAFKA_SERVERS",
                        stack.kafkaServers(),
                        "KONTOR_POSTGRES_URL",
                        stack.database().jdbcUrl(),
                        "KONTOR_POSTGRES_USER",
                        stack.database().user(),
                        "KONTOR_HTTP_PORT",
                        0,
                        "KONTOR_GATEWAY_TAIL_EVENTS",
                        RING,
                        "KONTOR_GATEWAY_STREAM_BATCH",
                        10,
                        "KONTOR_GATEWAY_STREAM_HEARTBEAT",
                        "300ms",
                        "KONTOR_GATEWAY_STREAM_DATABASE_POLL",
                        "20ms",
                        "KONTOR_GATEWAY_RECEIPT_PATIENCE",
                        "0s"));
        return application.run();
    }

    private static URI base(ConfigurableApplicationContext context) {
        return URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    private static WebTestClient client(URI base) {
        return WebTestClient.bindToServer()
                .baseUrl(base.toString())
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static SampleSession session(String lab) {
        return new SampleSession(lab, UUID.randomUUID(), 1, BEGIN);
    }

    /** A lobby and a few moves. */
    private static SampleSession played(String lab) {
        SampleSession session = session(lab);
        session.datagram("game1", 46130, 47624, SampleSession.dplay(0x02, 52));
        int flow = session.open("game2", 40983, 2300);
        session.write(flow, true, SampleSession.dplay(0x01, 124));
        session.write(flow, true, SampleSession.dplay(0x07, 68));
        session.datagram("game1", 2350, 2350, SampleSession.x642(1, 2, 3));
        session.undeliverable("game2", SampleSession.x642(4));
        session.halfClose(flow, true);
        session.reset(flow, false);
        return session;
    }

    private static SampleSession recorded(String lab) {
        SampleSession session = played(lab);
        stack.recordSession(session, BEGIN);
        session.steps().forEach(stack::record);
        return session;
    }

    private static void chat(SampleSession session, int datagrams) {
        for (int i = 0; i < datagrams; i++) {
            session.datagram(i % 2 == 0 ? "game1" : "game2", 2350, 2350, SampleSession.x642(i));
        }
    }

    private static JsonNode get(String path) {
        return JSON.readTree(
                client.get()
                        .uri(path)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    private static EventStream stream(SampleSession session, @Nullable String lastEventId) {
        return new EventStream(
                base.resolve("/api/sessions/" + session.id() + "/stream"), lastEventId);
    }

    private static long sequence(Received received) {
        return JSON.readTree(received.data()).get("sequence").asLong();
    }

    private static List<Long> sequences(List<Received> received, String type) {
        return received.stream()
                .filter(r -> r.type().equals(type))
                .map(GatewayIT::sequence)
                .toList();
    }

    private static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    // ---- REST ----------------------------------------------------------------------------------

    @Test
    void answersWithASessionsEventsMessagesAndFlows() {
        SampleSession session = recorded("rest");
        String path = "/api/sessions/" + session.id();

        assertThat(get(path).get("lab").asString()).isEqualTo("rest");
        assertThat(get(path).get("startedAt").asString()).isEqualTo("2026-11-22T12:00:00.000001Z");
        assertThat(get(path).get("lastSequence").asLong()).isEqualTo(session.lastSequence());

        JsonNode page = get(path + "/events?after=1&limit=2");
        assertThat(page.at("/events/0/event/sequence").asLong()).isEqualTo(2);
        assertThat(page.at("/events/0/event/flow/source/address").asString())
                .isEqualTo("127.1.0.1");
        assertThat(page.at("/events/0/messages/0/type").asString()).isEqualTo("ENUMSESSIONS");
        assertThat(page.get("next").asLong()).isEqualTo(3);
        assertThat(page.get("previous").asLong()).isEqualTo(2);

        JsonNode event = get(path + "/events/5");
        assertThat(event.at("/original/length").asInt()).isEqualTo(124);
        assertThat(event.at("/original/hex").asString()).hasSize(248).startsWith("7c00b0fa");
        assertThat(event.at("/original/crc32cRight").asBoolean()).isTrue();
        assertThat(event.at("/deliveries/0/receipts/0/outcome").asString()).isEqualTo("done");
        assertThat(event.at("/messages/0/message/type").asString()).isEqualTo("ENUMSESSIONSREPLY");
        assertThat(event.at("/messages/0/spans/0/length").asInt()).isEqualTo(124);
        assertThat(event.at("/messages/0/fields/2/children/1/name").asString())
                .isEqualTo("dplay.saddr.port");

        JsonNode flows = get(path + "/flows");
        assertThat(flows.at("/flows/1/protocol").asString()).isEqualTo("tcp");
        assertThat(flows.at("/flows/1/bytesFromOpener").asInt()).isEqualTo(192);
        assertThat(get(path + "/messages?limit=2").get("messages")).hasSize(2);
    }

    @Test
    void pagesEventsInBothDirectionsAndMessagesByCursor() {
        SampleSession session = session("paging");
        chat(session, 24);
        stack.recordSession(session, BEGIN);
        session.steps().forEach(stack::record);
        String path = "/api/sessions/" + session.id();

        List<Long> forward = new ArrayList<>();
        JsonNode page = get(path + "/events?limit=10");
        while (true) {
            page.get("events").forEach(e -> forward.add(e.at("/event/sequence").asLong()));
            if (page.get("next") == null) {
                break;
            }
            page = get(path + "/events?limit=10&after=" + page.get("next").asLong());
        }
        assertThat(forward).isEqualTo(oneTo(25));

        List<Long> backward = new ArrayList<>();
        page = get(path + "/events?limit=10&before=26");
        while (true) {
            List<Long> part = new ArrayList<>();
            page.get("events").forEach(e -> part.add(e.at("/event/sequence").asLong()));
            backward.addAll(0, part);
            if (page.get("previous") == null) {
                break;
            }
            page = get(path + "/events?limit=10&before=" + page.get("previous").asLong());
        }
        assertThat(backward).isEqualTo(oneTo(25));

        List<Long> messages = new ArrayList<>();
        page = get(path + "/messages?limit=7");
        while (true) {
            page.get("messages").forEach(m -> messages.add(m.at("/message/sequence").asLong()));
            if (page.get("next") == null) {
                break;
            }
            page = get(path + "/messages?limit=7&cursor=" + page.get("next").asString());
        }
        assertThat(messages).isEqualTo(LongStream.rangeClosed(2, 25).boxed().toList());
    }

    @Test
    void listsSessionsNewestFirst() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            SampleSession session = session("newest");
            stack.recordSession(session, Instant.parse("2030-01-01T00:00:00Z").plusSeconds(i / 2));
            made.addFirst(session.id().toString());
        }
        List<String> found = new ArrayList<>();
        JsonNode page = get("/api/sessions?limit=2");
        while (found.size() < 5) {
            page.get("sessions").forEach(s -> found.add(s.get("id").asString()));
            page = get("/api/sessions?limit=2&cursor=" + page.get("next").asString());
        }

        assertThat(found.subList(0, 5)).doesNotHaveDuplicates().containsAll(made);
        assertThat(found.getFirst()).isEqualTo(made.getFirst());
    }

    @Test
    void givesTheBytesOfAFlowAsTurnsAndAsTheyAre() {
        SampleSession session = recorded("bytes");
        String path = "/api/sessions/" + session.id() + "/flows/2/stream";

        JsonNode turns = get(path + "?direction=opener&limit=1");
        assertThat(turns.at("/turns/0/from").asString()).isEqualTo("opener");
        assertThat(turns.get("next").asLong()).isEqualTo(5);
        byte[] bytes =
                client.get()
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
                        SampleSession.dplay(0x01, 124)
                                .plus(SampleSession.dplay(0x07, 68))
                                .toByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/sessions/{id}/events?filter=x, 400, unknown-parameter, filter",
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
        SampleSession session = recorded("errors");

        client.get()
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
    void saysThatSessionsCannotBeDeleted() {
        client.delete()
                .uri("/api/sessions/" + UUID.randomUUID())
                .exchange()
                .expectStatus()
                .isEqualTo(405)
                .expectHeader()
                .valueEquals("Allow", "GET")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:kontor:problem:method-not-allowed");
    }

    @Test
    void describesEachEndpoint() {
        JsonNode api = get("/v3/api-docs");

        assertThat(api.get("openapi").asString()).startsWith("3.1");
        assertThat(api.get("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/api/labs",
                        "/api/instances",
                        "/api/services",
                        "/api/reloads",
                        "/api/reloads/{id}",
                        "/api/sessions",
                        "/api/sessions/{id}",
                        "/api/sessions/{id}/end",
                        "/api/sessions/{id}/events",
                        "/api/sessions/{id}/events/{sequence}",
                        "/api/sessions/{id}/messages",
                        "/api/sessions/{id}/flows",
                        "/api/sessions/{id}/flows/{flow}/stream",
                        "/api/sessions/{id}/continuity",
                        "/api/sessions/{id}/stream");
        assertThat(api.at("/paths/~1api~1sessions").propertyNames())
                .containsExactlyInAnyOrder("get", "post");
        api.get("paths")
                .forEach(path ->
                        path.forEach(operation -> {
                            assertThat(operation.get("summary")).isNotNull();
                            assertThat(operation.at("/responses/default/content").propertyNames())
                                    .containsExactly("application/problem+json");
                        }));
    }

    @Test
    void servesThePageWithAStrictPolicy() {
        client.get()
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

    // ---- control -------------------------------------------------------------------------------

    @Test
    void asksForASessionAndForItsEnd() {
        long before = stack.end(Topics.CONTROL);
        JsonNode answer =
                JSON.readTree(
                        client.post()
                                .uri("/api/sessions")
                                .bodyValue(Map.of("lab", "control"))
                                .exchange()
                                .expectStatus()
                                .isAccepted()
                                .expectBody(String.class)
                                .returnResult()
                                .getResponseBody());
        SampleSession session = recorded("control");
        client.post()
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
        client.post()
                .uri("/api/sessions/" + session.id() + "/end")
                .exchange()
                .expectStatus()
                .isEqualTo(409);
    }

    @Test
    void takesNoCommandsFromOtherSites() {
        client.post()
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
            get("/api/instances")
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
        assertThat(get("/api/labs").get("labs"))
                .anySatisfy(lab -> {
                    assertThat(lab.get("name").asString()).isEqualTo("board");
                    assertThat(lab.get("instances")).hasSize(2);
                });
    }

    // ---- live stream ---------------------------------------------------------------------------

    @Test
    void streamsASessionAsItHappensWithoutTheDatabase() throws InterruptedException {
        SampleSession session = played("live");
        session.steps().forEach(stack::publish);
        await().until(() -> heard(session) == session.lastSequence());

        try (EventStream stream = stream(session, null)) {
            List<Received> received =
                    stream.until(r -> r.type().equals("event") && sequence(r) == 10);
            assertThat(sequences(received, "event")).isEqualTo(oneTo(10));
            assertThat(received.getFirst().id()).startsWith(session.id() + ":1:");

            session.end();
            stack.publish(session.steps().getLast());
            assertThat(sequences(stream.until(r -> sequence(r) == 11), "event"))
                    .containsExactly(11L);
        }
    }

    /** The newest sequence that the gateway has heard on Kafka. */
    private static long heard(SampleSession session) {
        return gateway.getBean(LiveSessions.class)
                .find(session.id())
                .map(LiveSession::lastSequence)
                .orElse(0L);
    }

    @Test
    void tellsOfAnEventTheSameFromKafkaAndFromTheDatabase() throws InterruptedException {
        SampleSession live = played("same");
        live.steps().forEach(stack::publish);
        await().until(() -> heard(live) == live.lastSequence());
        List<String> fromKafka = new ArrayList<>();
        try (EventStream stream = stream(live, null)) {
            stream
                    .until(r -> r.type().equals("event") && sequence(r) == live.lastSequence())
                    .stream()
                    .filter(r -> r.type().equals("event"))
                    .forEach(r -> fromKafka.add(r.data()));
        }
        stack.recordSession(live, BEGIN);
        live.steps().forEach(stack::record);

        List<String> fromDatabase = new ArrayList<>();
        get("/api/sessions/" + live.id() + "/events")
                .get("events")
                .forEach(event -> fromDatabase.add(event.get("event").toString()));
        assertThat(fromKafka).isEqualTo(fromDatabase);
    }

    @Test
    void resumesWithoutLossOrRepeatWhileEventsFlow() throws InterruptedException {
        SampleSession session = session("resume");
        chat(session, 600);
        stack.recordSession(session, BEGIN);
        List<Step> steps = session.steps();
        Thread play =
                Thread.ofVirtual()
                        .start(() -> {
                            for (int i = 0; i < steps.size(); i++) {
                                stack.publish(steps.get(i));
                                // The journal is a little behind.
                                if (i >= 20) {
                                    stack.record(steps.get(i - 20));
                                }
                            }
                            steps.subList(steps.size() - 20, steps.size()).forEach(stack::record);
                        });
        await().until(() -> heard(session) > 0);

        List<Received> all = new ArrayList<>();
        String last = null;
        while (sequences(all, "event").size() < 601 || sequences(all, "messages").size() < 600) {
            try (EventStream stream = stream(session, last)) {
                for (int i = 0; i < 97 && all.size() < 1201; i++) {
                    all.add(stream.next());
                    last = all.getLast().id();
                }
            }
        }
        play.join();

        assertThat(sequences(all, "event")).isEqualTo(oneTo(601));
        assertThat(sequences(all, "messages")).isEqualTo(oneTo(601).subList(1, 601));
    }

    @Test
    void letsASlowReaderTakeFromTheDatabaseWhatMemoryNoLongerHas() throws InterruptedException {
        SampleSession session = session("slow");
        stack.recordSession(session, BEGIN);
        chat(session, 10);
        session.steps().forEach(stack::publish);
        session.steps().forEach(stack::record);
        await().until(() -> heard(session) == 11);
        try (EventStream slow = stream(session, null)) {
            slow.until(r -> sequence(r) == 5);
            chat(session, 20 * RING);
            List<Step> more = session.steps().subList(11, session.steps().size());
            more.forEach(stack::publish);
            more.forEach(stack::record);
            await().until(() -> heard(session) == session.lastSequence());

            List<Received> rest =
                    slow.until(
                            r -> r.type().equals("event") && sequence(r) == session.lastSequence());
            List<Long> events = sequences(rest, "event");
            assertThat(events)
                    .isEqualTo(
                            oneTo(session.lastSequence())
                                    .subList(
                                            (int) (events.getFirst() - 1),
                                            (int) session.lastSequence()));
        }
    }

    @Test
    void waitsForAJournalThatIsBehind() throws InterruptedException {
        SampleSession session = session("lag");
        chat(session, 3 * RING);
        stack.recordSession(session, BEGIN);
        session.steps().forEach(stack::publish);
        session.steps().subList(0, 10).forEach(stack::record);
        await().until(() -> heard(session) == session.lastSequence());
        try (EventStream stream = stream(session, null)) {
            stream.until(r -> r.type().equals("event") && sequence(r) == 10);
            assertThat(stream.nextComment()).isEqualTo("heartbeat");
            session.steps().subList(10, session.steps().size()).forEach(stack::record);

            assertThat(
                            sequences(
                                    stream.until(r ->
                                            r.type().equals("event")
                                                    && sequence(r) == session.lastSequence()),
                                    "event"))
                    .isEqualTo(oneTo(session.lastSequence()).subList(10, 3 * RING + 1));
        }
    }

    @Test
    void ignoresRepeatsAndWhatALateOwnerWrote() throws InterruptedException {
        SampleSession session = session("zombie");
        chat(session, 3);
        session.steps().forEach(stack::publish);
        session.steps().forEach(stack::publish);
        stack.publish(
                SessionEvent.newBuilder()
                        .setLab("zombie")
                        .setOwnerEpoch(1)
                        .setOwnerClaim(OwnerClaim.newBuilder().setOwnerId("other"))
                        .build());
        SessionEvent late =
                session.steps().getLast().event().toBuilder()
                        .setSessionSequence(5)
                        .setOwnerEpoch(0)
                        .setVerdictDetail("from a zombie")
                        .build();
        stack.publish(late);
        stack.publish(late.toBuilder().setOwnerEpoch(1).setVerdictDetail("right").build());

        await().until(() -> heard(session) == 5);
        try (EventStream stream = stream(session, null)) {
            List<Received> received =
                    stream.until(r -> r.type().equals("event") && sequence(r) == 5);
            assertThat(sequences(received, "event")).isEqualTo(oneTo(5));
            assertThat(received.getLast().data()).contains("right");
        }
    }

    @Test
    void goesOnBehindASnapshotWithoutLosingLateMessages() throws InterruptedException {
        SampleSession session = session("snapshot");
        chat(session, 8);
        stack.recordSession(session, BEGIN);
        List<Step> steps = session.steps();
        for (Step step : steps) {
            boolean analysed = step.event().getSessionSequence() <= 6;
            Step part =
                    new Step(step.event(), step.receipts(), analysed ? step.results() : List.of());
            stack.publish(part);
            stack.record(part);
        }
        await().until(() -> heard(session) == 9);
        String cursor = get("/api/sessions/" + session.id() + "/events").get("cursor").asString();

        try (EventStream stream =
                new EventStream(
                        base.resolve("/api/sessions/" + session.id() + "/stream?after=" + cursor),
                        null)) {
            for (Step step : steps.subList(6, 9)) {
                step.results().forEach(result -> stack.send(Records.of(result)));
            }
            assertThat(sequences(stream.until(r -> sequence(r) == 9), "messages"))
                    .containsExactly(7L, 8L, 9L);
        }
    }

    // ---- continuity ----------------------------------------------------------------------------

    @Test
    void findsACleanSessionClean() {
        SampleSession session = recorded("clean");
        stack.journalCaughtUp();
        JsonNode report = get("/api/sessions/" + session.id() + "/continuity");

        assertThat(report.get("verdict").asString()).as("%s", report).isEqualTo("clean");
        assertThat(report.at("/counts/events").asLong()).isEqualTo(session.lastSequence());
        assertThat(report.at("/equation/received").asLong()).isEqualTo(session.lastSequence() - 1);
        assertThat(report.at("/equation/byVerdict/undeliverable").asLong()).isEqualTo(1);
        assertThat(report.get("checks").propertyNames()).hasSize(8);
    }

    @Test
    void takesNoOffenceAtACommandForAFlowThatItsGameHadEnded() {
        SampleSession session = recorded("explained");
        stack.jdbc()
                .sql(
                        "update capture.receipts set outcome = 'failed'"
                                + " where session_sequence = 6 and session_id = :id")
                .param("id", session.id())
                .update();
        stack.journalCaughtUp();
        JsonNode report = get("/api/sessions/" + session.id() + "/continuity");

        assertThat(report.get("verdict").asString()).as("%s", report).isEqualTo("clean");
        assertThat(report.at("/counts/explained").asLong()).isEqualTo(1);
    }

    @Test
    void findsASessionIncompleteWhileTheJournalIsBehind() {
        SampleSession session = recorded("incomplete");
        stack.journalCaughtUp();
        stack.jdbc()
                .sql("update capture.journal_positions set next_offset = next_offset - 1")
                .update();

        assertThat(get("/api/sessions/" + session.id() + "/continuity").get("verdict").asString())
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
                    carried-out | update capture.receipts set outcome = 'failed' where session_sequence = 7
                    """)
    void findsTheFault(String check, String sql) {
        SampleSession session = recorded("faulty");
        stack.jdbc().sql(sql + " and session_id = '" + session.id() + "'").update();
        stack.journalCaughtUp();
        JsonNode report = get("/api/sessions/" + session.id() + "/continuity");

        assertThat(report.get("verdict").asString()).isEqualTo("faulty");
        assertThat(report.get("checks").get(check).asLong()).as("%s", report).isPositive();
        assertThat(report.get("faults"))
                .anySatisfy(fault -> assertThat(fault.get("check").asString()).isEqualTo(check));
    }
}
