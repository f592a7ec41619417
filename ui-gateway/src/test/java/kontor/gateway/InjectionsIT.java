package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.control.v1.AdapterStatus;
import kontor.control.v1.ControlEvent;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.packets.v1.AdapterEvent;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.vocabulary.Bytes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Injections: asked for over HTTP, and published among the packets of the lab. */
@Timeout(120)
class InjectionsIT extends GatewayOnSampleStack {

    private static final String LAB = "injections";

    private static SampleSession session;
    private static int stream;

    @BeforeAll
    static void start() {
        startGateway(Map.of());
        session = SampleSession.of(LAB);
        session.datagram("game1", 2350, 2350, SampleMessages.x642(1, 2, 3));
        stream = session.open("game2", 40983, 2300);
        session.write(stream, true, SampleMessages.dplay(0x01, 124));
        session.pause(40);
        session.datagram("game1", 2350, 2350, SampleMessages.x642(4));
        stack.record(session);
        bothRun();
    }

    /** Says so, and waits until the gateway has heard it: it takes them for gone after a while. */
    private static void bothRun() {
        running("game1", 1, 2);
        running("game2", 2, 1);
        Awaitility.await()
                .until(() ->
                        gateway.get("/api/instances")
                                        .get("instances")
                                        .valueStream()
                                        .filter(one -> one.get("connected").asBoolean())
                                        .count()
                                == 2);
    }

    private static void running(String instance, int own, int other) {
        Instant now = Instant.now();
        stack.send(
                Records.of(
                        ControlEvent.newBuilder()
                                .setLab(LAB)
                                .setControlId(UUID.randomUUID().toString())
                                .setSender("adapter-service")
                                .setSentAtMicros(ChronoUnit.MICROS.between(Instant.EPOCH, now))
                                .setAdapterStatus(
                                        AdapterStatus.newBuilder()
                                                .setInstance(instance)
                                                .setRunId(session.run(instance).toString())
                                                .setRunStartedAtMicros(1)
                                                .setGameAddress(address(own, own))
                                                .putPeerAddresses(
                                                        "game" + other, address(own, other)))
                                .build()));
    }

    private static ByteString address(int network, int host) {
        return ByteString.copyFrom(new byte[] {127, (byte) network, 0, (byte) host});
    }

    private static String path() {
        return path(session);
    }

    private static String path(SampleSession of) {
        return "/api/sessions/" + of.id() + "/injections";
    }

    private static JsonNode inject(Map<String, Object> body, int status) {
        return inject(session, body, status);
    }

    private static JsonNode inject(SampleSession into, Map<String, Object> body, int status) {
        bothRun();
        byte[] answer =
                gateway.client()
                        .post()
                        .uri(path(into))
                        .bodyValue(body)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status)
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        return new JsonMapper().readTree(answer);
    }

    private static void isRefused(Map<String, Object> body, String reason) {
        isRefused(session, body, reason);
    }

    private static void isRefused(SampleSession into, Map<String, Object> body, String reason) {
        JsonNode problem = inject(into, body, 409);
        assertThat(problem.get("type").asString())
                .isEqualTo("urn:kontor:problem:injection-refused");
        assertThat(problem.get("detail").asString()).contains(reason);
    }

    private static List<AdapterEvent> published(JsonNode injection, int count) {
        String id = injection.get("id").asString();
        return Awaitility.await()
                .until(
                        () ->
                                stack.read(Topics.PACKETS, 0).stream()
                                        .map(Records::adapterEvent)
                                        .filter(event ->
                                                event.getInjection().getInjectionId().equals(id))
                                        .toList(),
                        events -> events.size() >= count);
    }

    @Test
    void bytesFromScratchAndStoredOnesWithEditsAreSentAsIfTheInstanceHadSentThem() {
        JsonNode injection =
                inject(
                        Map.of(
                                "from",
                                "game1",
                                "to",
                                "game2",
                                "fromPort",
                                2350,
                                "toPort",
                                2351,
                                "author",
                                "a test",
                                "parts",
                                List.of(
                                        Map.of("hex", "00 01 ff"),
                                        Map.of(
                                                "event",
                                                2,
                                                "edits",
                                                List.of(Map.of("at", -1, "bytes", "77"))))),
                        202);
        List<AdapterEvent> events = published(injection, 2);

        assertThat(events).extracting(AdapterEvent::getInstance).containsOnly("game1");
        assertThat(events)
                .extracting(AdapterEvent::getAdapterSequence)
                .as("numbered without gaps")
                .isEqualTo(
                        List.of(
                                events.getFirst().getAdapterSequence(),
                                events.getFirst().getAdapterSequence() + 1));
        var first = events.getFirst().getInjection();
        assertThat(first.getSource().getAddress()).isEqualTo(address(1, 1));
        assertThat(first.getDestination().getAddress()).isEqualTo(address(1, 2));
        assertThat(first.getDestination().getPort()).isEqualTo(2351);
        assertThat(first.getPayload().toByteArray()).containsExactly(0, 1, 0xff);
        byte[] edited = SampleMessages.x642(1, 2, 3).toByteArray();
        edited[edited.length - 1] = 0x77;
        assertThat(events.getLast().getInjection().getPayload().toByteArray()).isEqualTo(edited);
        Awaitility.await()
                .until(() ->
                        gateway.get(path())
                                .get("injections")
                                .valueStream()
                                .anyMatch(each ->
                                        each.get("id").equals(injection.get("id"))
                                                && each.get("state").asString().equals("finished")
                                                && each.get("sent").asLong() == 2));
    }

    @Test
    void storedPacketsAreSentAgainAsOftenAsWanted() {
        JsonNode injection =
                inject(
                        Map.of(
                                "from",
                                "game1",
                                "flow",
                                1,
                                "times",
                                2,
                                "stored",
                                Map.of("flow", 1, "first", 1, "last", 99)),
                        202);

        assertThat(published(injection, 4))
                .extracting(event -> event.getInjection().getPayload().size())
                .containsExactly(
                        SampleMessages.x642(1, 2, 3).length(),
                        SampleMessages.x642(4).length(),
                        SampleMessages.x642(1, 2, 3).length(),
                        SampleMessages.x642(4).length());
    }

    @Test
    void aStoredMessageAndPacketsOfAnotherSessionAreSentByWhomOneLikes() {
        SampleSession earlier = SampleSession.of("another lab");
        earlier.datagram("game2", 2350, 2350, SampleMessages.x642(8));
        earlier.pause(20);
        earlier.datagram("game2", 2350, 2350, SampleMessages.x642(9));
        stack.record(earlier);
        String from = earlier.id().toString();
        JsonNode message =
                inject(
                        Map.of(
                                "from",
                                "game1",
                                "flow",
                                1,
                                "parts",
                                List.of(Map.of("session", from, "event", 3, "message", 0))),
                        202);
        assertThat(published(message, 1).getFirst().getInjection().getPayload().toByteArray())
                .isEqualTo(SampleMessages.x642(9).toByteArray());

        Map<String, Object> all =
                Map.of(
                        "session", from, "flow", 1, "sender", "game2", "first", 1, "last", 99,
                        "speed", 4);
        JsonNode replay = inject(Map.of("from", "game1", "flow", 1, "stored", all), 202);
        assertThat(published(replay, 2))
                .extracting(event -> event.getInjection().getPayload().toByteArray())
                .containsExactly(
                        SampleMessages.x642(8).toByteArray(), SampleMessages.x642(9).toByteArray());
        assertThat(published(replay, 2))
                .extracting(AdapterEvent::getInstance)
                .containsOnly("game1");
    }

    @Test
    void eachPacketThatAFilterFindsIsAnsweredWithBytesOfItUntilTheSessionEnds() {
        SampleSession played = SampleSession.of(LAB);
        played.datagram("game2", 2350, 2350, SampleMessages.x642(5));
        stack.record(played);
        Map<String, Object> answer =
                Map.of(
                        "hex",
                        "00000000ff",
                        "edits",
                        List.of(Map.of("at", 0, "copy", Map.of("from", 16, "length", 4))));
        JsonNode injection =
                inject(
                        played,
                        Map.of(
                                "from",
                                "game1",
                                "to",
                                "game2",
                                "fromPort",
                                2350,
                                "toPort",
                                2350,
                                "times",
                                3,
                                "answer",
                                Map.of("filter", "instance == \"game2\" and udp"),
                                "parts",
                                List.of(answer)),
                        202);
        goesOn(played, "game1", 6);
        goesOn(played, "game2", 7);
        goesOn(played, "game2", 8);

        assertThat(published(injection, 2))
                .extracting(event ->
                        HexFormat.of().formatHex(event.getInjection().getPayload().toByteArray()))
                .containsExactly("07000000ff", "08000000ff");
        played.end();
        stack.record(played.steps().getLast());
        JsonNode last =
                Awaitility.await()
                        .until(
                                () -> gateway.get(path(played)).get("injections").get(0),
                                each -> !each.get("state").asString().equals("running"));
        assertThat(last.get("state").asString()).isEqualTo("cancelled");
        assertThat(last.get("sent").asLong()).isEqualTo(2);
        assertThat(last.get("problem").asString()).isEqualTo("the session has ended");
    }

    private static void goesOn(SampleSession played, String from, int value) {
        played.datagram(from, 2350, 2350, SampleMessages.x642(value));
        stack.record(played.steps().getLast());
    }

    @Test
    void inAStreamItGoesWhereTheLastMessageEnds() {
        String message = SampleMessages.dplay(0x16, 40).toHex();
        JsonNode injection =
                inject(
                        Map.of(
                                "from",
                                "game2",
                                "flow",
                                stream,
                                "parts",
                                List.of(Map.of("hex", message))),
                        202);

        var sent = published(injection, 1).getFirst().getInjection();
        assertThat(sent.getStreamOffset()).isEqualTo(124);
        assertThat(sent.getFlow().getRunId()).isEqualTo(session.run("game2").toString());
        isRefused(
                Map.of("from", "game2", "flow", stream, "parts", List.of(Map.of("hex", "00"))),
                "no whole DirectPlay messages");
    }

    @Test
    void inAStreamOfSomethingElseOrInTheMiddleOfAMessageThereIsNoPlaceForIt() {
        SampleSession played = SampleSession.of(LAB);
        int other = played.open("game2", 40990, 8080);
        played.write(other, true, Bytes.ofHex("474554202f20485454502f312e310d0a0d0a"));
        int begun = played.open("game2", 40991, 2300);
        played.write(begun, true, SampleMessages.dplay(0x01, 124).slice(0, 100));
        stack.record(played);
        String message = SampleMessages.dplay(0x16, 40).toHex();

        isRefused(played, inFlow(other, message), "has a message under way");
        isRefused(played, inFlow(begun, message), "has a message under way");
        played.write(other, true, Bytes.ofHex("486f73743a20"));
        stack.record(played.steps().getLast());
        isRefused(played, inFlow(other, message), "does not carry DirectPlay messages");
    }

    private static Map<String, Object> inFlow(int flow, String message) {
        return Map.of("from", "game2", "flow", flow, "parts", List.of(Map.of("hex", message)));
    }

    @Test
    void whatIsNotThereIsRefusedWithTheReason() {
        List<Map<String, String>> parts = List.of(Map.of("hex", "00"));
        isRefused(
                Map.of("from", "game9", "to", "game2", "parts", parts),
                "instance game9 is not running in lab injections");
        isRefused(Map.of("from", "game1", "flow", 77, "parts", parts), "has no flow 77");
        inject(Map.of("from", "game1", "to", "game2", "parts", parts), 400);
        inject(Map.of("from", "game1", "flow", 1), 400);
        Map<String, Object> copying =
                Map.of(
                        "hex",
                        "0000",
                        "edits",
                        List.of(Map.of("at", 0, "copy", Map.of("from", 0, "length", 1))));
        inject(Map.of("from", "game1", "flow", 1, "parts", List.of(copying)), 400);
    }

    @Test
    void oneThatRepeatsIsCancelled() {
        JsonNode injection =
                inject(
                        Map.of(
                                "from",
                                "game1",
                                "flow",
                                1,
                                "times",
                                1000,
                                "everyMillis",
                                60_000,
                                "parts",
                                List.of(Map.of("hex", "00"))),
                        202);
        String one = path() + "/" + injection.get("id").asString();
        assertThat(injection.get("state").asString()).isEqualTo("running");
        gateway.client()
                .delete()
                .uri(one)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("cancelled")
                .jsonPath("$.sent")
                .isEqualTo(1);
        gateway.client()
                .delete()
                .uri(path() + "/" + UUID.randomUUID())
                .exchange()
                .expectStatus()
                .isNotFound();
    }
}
