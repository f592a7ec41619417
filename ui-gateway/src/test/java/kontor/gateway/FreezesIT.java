package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.control.v1.AdapterStatus;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.ReloadPhase;
import kontor.control.v1.ReloadStatus;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Freezes by hand; the test is adapter and orchestrator. */
@Timeout(120)
class FreezesIT extends GatewayOnSampleStack {

    private static final JsonMapper JSON = new JsonMapper();

    @BeforeAll
    static void start() {
        startGateway(Map.of());
    }

    @Test
    void gamesAreFrozenForAWhileAndThawed() {
        adapterSays("still", "");
        long before = stack.end(Topics.CONTROL);

        JsonNode frozen = post("/api/labs/still/freeze", "{\"seconds\": 20}", 202);
        String id = frozen.get("freezeId").asString();
        assertThat(frozen.get("seconds").asInt()).isEqualTo(20);
        assertThat(post("/api/labs/still/thaw", "{}", 409).get("type").asString())
                .isEqualTo("urn:kontor:problem:not-frozen");
        adapterSays("still", id);
        post("/api/labs/still/thaw", "{}", 202);

        List<ControlEvent> asked = asked(before);
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst().getLab()).isEqualTo("still");
        assertThat(asked.getFirst().getRequestFreeze().getFreezeId()).isEqualTo(id);
        assertThat(asked.getFirst().getRequestFreeze().getAtMostMillis()).isEqualTo(20_000);
        assertThat(asked.getLast().getRequestThaw().getFreezeId()).isEqualTo(id);
    }

    @Test
    void noLongerThanTheSettingAllowsAndNotWithoutAdapters() {
        adapterSays("long", "");

        assertThat(post("/api/labs/long/freeze", "{\"seconds\": 61}", 400).get("parameter"))
                .hasToString("\"seconds\"");
        post("/api/labs/long/freeze", "{\"seconds\": 0}", 400);
        post("/api/labs/nowhere/freeze", "{}", 404);
        assertThat(post("/api/labs/long/freeze", "", 202).get("seconds").asInt()).isEqualTo(60);
    }

    @Test
    void aReloadThatFreezesTheGamesIsLeftAlone() {
        UUID reload = UUID.randomUUID();
        reloads("busy", reload);
        adapterSays("busy", reload.toString());
        long before = stack.end(Topics.CONTROL);

        assertThat(post("/api/labs/busy/freeze", "{}", 409).get("type").asString())
                .isEqualTo("urn:kontor:problem:reload-running");
        post("/api/labs/busy/thaw", "{}", 409);
        assertThat(asked(before)).isEmpty();
    }

    private static List<ControlEvent> asked(long from) {
        return stack.read(Topics.CONTROL, from).stream()
                .map(Records::controlEvent)
                .filter(event -> event.hasRequestFreeze() || event.hasRequestThaw())
                .toList();
    }

    private static JsonNode post(String path, String body, int status) {
        return JSON.readTree(
                gateway.client()
                        .post()
                        .uri(path)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(status)
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    /** Returns when the gateway has heard it. */
    private static void adapterSays(String lab, String freezeId) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        // In an hour it is still connected: nothing here depends on how fast the test is.
        long later = now + 3_600_000_000L;
        stack.send(
                Records.of(
                        ControlEvent.newBuilder()
                                .setLab(lab)
                                .setControlId(UUID.randomUUID().toString())
                                .setSentAtMicros(later)
                                .setAdapterStatus(
                                        AdapterStatus.newBuilder()
                                                .setInstance("game1")
                                                .setRunId(new UUID(1, 1).toString())
                                                .setRunStartedAtMicros(now)
                                                .setFreezeId(freezeId))
                                .build()));
        await().until(() ->
                gateway.get("/api/instances")
                        .get("instances")
                        .valueStream()
                        .anyMatch(each ->
                                each.get("lab").asString().equals(lab)
                                        && each.path("freezeId").asString("").equals(freezeId)));
    }

    private static void reloads(String lab, UUID id) {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        stack.send(
                Records.of(
                        ControlEvent.newBuilder()
                                .setLab(lab)
                                .setControlId(UUID.randomUUID().toString())
                                .setSentAtMicros(now)
                                .setReloadStatus(
                                        ReloadStatus.newBuilder()
                                                .setReloadId(id.toString())
                                                .setService("analysis-service")
                                                .setFreeze(true)
                                                .setPhase(ReloadPhase.RELOAD_PHASE_FREEZING)
                                                .setSinceMicros(now)
                                                .setDeadlineMicros(now + 60_000_000)
                                                .setOwnerEpoch(1))
                                .build()));
        await().ignoreExceptions()
                .until(() ->
                        gateway.get("/api/reloads/" + id)
                                .get("phase")
                                .asString()
                                .equals("freezing"));
    }
}
