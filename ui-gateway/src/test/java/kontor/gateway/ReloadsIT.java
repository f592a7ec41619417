package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.control.v1.ContinuityReport;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.FollowerState;
import kontor.control.v1.FollowerStatus;
import kontor.control.v1.ReloadPhase;
import kontor.control.v1.ReloadStatus;
import kontor.control.v1.ServiceState;
import kontor.control.v1.ServiceStatus;
import kontor.gateway.sample.EventStream;
import kontor.gateway.sample.EventStream.Received;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleStack;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reloads over real HTTP, with a real broker and a real database; the test is the orchestrator. */
@Timeout(120)
class ReloadsIT {

    private static final JsonMapper JSON = new JsonMapper();

    private static SampleStack stack;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        stack = new SampleStack();
        gateway = gateway(UUID.randomUUID());
    }

    /** One at a time: two in one process would share what the first to end takes with it. */
    private static void restart(UUID process) {
        gateway.close();
        gateway = gateway(process);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        stack.close();
    }

    private static GatewayUnderTest gateway(UUID process) {
        return GatewayUnderTest.on(
                stack,
                Map.of(
                        "KONTOR_PROCESS_ID",
                        process.toString(),
                        "KONTOR_GATEWAY_RECEIPT_PATIENCE",
                        "0s"));
    }

    /** As the orchestrator that owns the lab writes it. */
    private static void status(String lab, UUID id, ReloadPhase phase, String detail) {
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
                                                .setPhase(phase)
                                                .setSinceMicros(now)
                                                .setDeadlineMicros(now + 60_000_000)
                                                .setDetail(detail)
                                                .setOwnerEpoch(1))
                                .build()));
    }

    private static void awaitPhase(UUID id, String phase) {
        await().ignoreExceptions()
                .until(() ->
                        gateway.get("/api/reloads/" + id).get("phase").asString().equals(phase));
    }

    @Test
    void asksForAReloadAndTellsHowFarItIsAlsoAfterARestart() {
        long before = stack.end(Topics.CONTROL);
        var answer =
                gateway.client()
                        .post()
                        .uri("/api/reloads")
                        .bodyValue(
                                Map.of(
                                        "service", "analysis-service",
                                        "freeze", true,
                                        "lab", "asked"))
                        .exchange()
                        .expectStatus()
                        .isAccepted()
                        .expectBody(String.class)
                        .returnResult();
        UUID id = UUID.fromString(JSON.readTree(answer.getResponseBody()).get("id").asString());
        assertThat(answer.getResponseHeaders().getLocation())
                .isEqualTo(URI.create("/api/reloads/" + id));
        assertThat(stack.read(Topics.CONTROL, before).stream().map(Records::controlEvent))
                .filteredOn(ControlEvent::hasRequestReload)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getLab()).isEqualTo("asked");
                    assertThat(event.getRequestReload().getReloadId()).isEqualTo(id.toString());
                    assertThat(event.getRequestReload().getFreeze()).isTrue();
                });
        awaitPhase(id, "requested");
        status("asked", id, ReloadPhase.RELOAD_PHASE_ANNOUNCED, "");
        status("asked", id, ReloadPhase.RELOAD_PHASE_FREEZING, "");
        status("asked", id, ReloadPhase.RELOAD_PHASE_FAILED, "game2 could not be frozen");
        awaitPhase(id, "failed");

        restart(UUID.randomUUID());
        awaitPhase(id, "failed");
        JsonNode reload = gateway.get("/api/reloads/" + id);
        assertThat(reload.get("result").asString()).isEqualTo("game2 could not be frozen");
        assertThat(reload.get("finished").asBoolean()).isTrue();
        assertThat(reload.at("/phases/0/phase").asString()).isEqualTo("announced");
        assertThat(reload.at("/phases/1/phase").asString()).isEqualTo("freezing");
        assertThat(gateway.get("/api/reloads").get("reloads"))
                .anySatisfy(r -> assertThat(r.get("id").asString()).isEqualTo(id.toString()));
    }

    @Test
    void saysWhichServicesCanBeReloadedAndThatAReloadIsUnknown() {
        gateway.client()
                .post()
                .uri("/api/reloads")
                .bodyValue(Map.of("service", "adapter-service", "lab", "wrong"))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.parameter")
                .isEqualTo("service")
                .jsonPath("$.allowed.length()")
                .isEqualTo(4);
        gateway.client()
                .get()
                .uri("/api/reloads/" + UUID.randomUUID())
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:kontor:problem:no-such-reload");
    }

    @Test
    void tellsOpenStreamsOfTheLabAboutEachPhase() {
        SampleSession session = SampleSession.of("told");
        stack.recordSession(session);
        session.steps().forEach(stack::record);
        UUID id = UUID.randomUUID();
        try (EventStream early = gateway.stream(session, null)) {
            early.until(received -> received.type().equals("event"));
            status("elsewhere", UUID.randomUUID(), ReloadPhase.RELOAD_PHASE_ANNOUNCED, "");
            status("told", id, ReloadPhase.RELOAD_PHASE_ANNOUNCED, "");
            Received announced = nextReload(early);
            assertThat(announced.id()).isNull();
            assertThat(announced.data()).contains(id.toString(), "\"announced\"");

            try (EventStream late = gateway.stream(session, null)) {
                assertThat(nextReload(late).data()).contains("\"announced\"");
                status("told", id, ReloadPhase.RELOAD_PHASE_COMPLETED, "all well");
                assertThat(nextReload(late).data()).contains("\"completed\"", "all well");
            }
            assertThat(nextReload(early).data()).contains("\"completed\"");
        }
    }

    private static Received nextReload(EventStream stream) {
        return stream.until(received -> received.type().equals("reload")).getLast();
    }

    @Test
    void checksTheRunningSessionWhenAReloadWantsToBeVerified() {
        SampleSession session = SampleSession.of("proved");
        session.datagram("game1", 2350, 2350, SampleMessages.x642(1, 2, 3));
        stack.recordSession(session);
        session.steps().forEach(stack::record);
        stack.journalCaughtUp();

        ContinuityReport clean = verified("proved");
        assertThat(clean.getClean()).as("%s", clean).isTrue();
        assertThat(clean.getSessionId()).isEqualTo(session.id().toString());
        assertThat(clean.getSummary()).startsWith("2 events");

        stack.jdbc()
                .sql("update capture.events set payload = ' ' where session_sequence = 2")
                .update();
        ContinuityReport broken = verified("proved");
        assertThat(broken.getClean()).as("%s", broken).isFalse();
        assertThat(broken.getSummary()).contains("2 faults, the first at 2", "CRC-32C");

        ContinuityReport idle = verified("idle");
        assertThat(idle.getClean()).isTrue();
        assertThat(idle.getSummary()).isEqualTo("no session is running");
    }

    @Test
    void saysThatItWaitsForAJournalThatIsBehind() {
        SampleSession session = SampleSession.of("behind");
        stack.recordSession(session);
        session.steps().forEach(stack::record);
        stack.journalCaughtUp();
        session.steps().forEach(stack::publish);
        UUID id = UUID.randomUUID();
        verifying("behind", id);

        await().untilAsserted(() -> assertThat(reports(id)).isNotEmpty());
        assertThat(reports(id).getFirst().getSummary())
                .isEqualTo("the journal has 1 records still to read");
        stack.journalCaughtUp();
        assertThat(answer(id).getClean()).isTrue();
        completed("behind", id);
    }

    @Test
    void aReloadIsNotCleanWhileAFollowerStandsStill() {
        SampleSession session = SampleSession.of("halted");
        stack.recordSession(session);
        session.steps().forEach(stack::record);
        stack.journalCaughtUp();
        UUID process = UUID.randomUUID();
        journal(process, FollowerState.FOLLOWER_STATE_HALTED, "Kafka has lost records");
        await().untilAsserted(() ->
                assertThat(followersOf(process).toString())
                        .contains("\"halted\"", "Kafka has lost records"));

        ContinuityReport found = verified("halted");
        assertThat(found.getClean()).isFalse();
        assertThat(found.getSummary())
                .isEqualTo("the journal of orchestrator-service is halted: Kafka has lost records");

        journal(process, FollowerState.FOLLOWER_STATE_WAITING, "for the database");
        await().until(() -> followersOf(process).toString().contains("waiting"));
        UUID id = UUID.randomUUID();
        verifying("halted", id);
        await().until(() -> reports(id).stream().anyMatch(ContinuityReport::getPending));
        journal(process, FollowerState.FOLLOWER_STATE_RUNNING, "");
        assertThat(answer(id).getClean()).isTrue();
        completed("halted", id);
    }

    private static JsonNode followersOf(UUID process) {
        for (JsonNode service : gateway.get("/api/services").get("services")) {
            if (service.get("processId").asString().equals(process.toString())) {
                return service.get("followers");
            }
        }
        return JSON.createArrayNode();
    }

    /** As an orchestrator says how its journal gets on. */
    private static void journal(UUID process, FollowerState state, String reason) {
        stack.send(
                Records.of(
                        ControlEvent.newBuilder()
                                .setControlId(UUID.randomUUID().toString())
                                .setSentAtMicros(
                                        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()))
                                .setServiceStatus(
                                        ServiceStatus.newBuilder()
                                                .setService("orchestrator-service")
                                                .setProcessId(process.toString())
                                                .setState(ServiceState.SERVICE_STATE_READY)
                                                .addFollowers(
                                                        FollowerStatus.newBuilder()
                                                                .setName("journal")
                                                                .setState(state)
                                                                .setReason(reason)))
                                .build(),
                        0));
    }

    @Test
    void saysHowItsOwnTailGetsOn() {
        assertThat(gateway.get("/followersz").get("status").asString()).isEqualTo("UP");
        await().untilAsserted(() ->
                assertThat(gateway.get("/api/services").get("services"))
                        .anySatisfy(service ->
                                assertThat(service.get("followers").toString())
                                        .contains("\"tail\"", "\"running\"")));
    }

    @Test
    void looksAtWhatCameSinceTheReloadWasAnnouncedAndALittleBefore() {
        SampleSession session = SampleSession.of("long");
        session.chat(1500);
        stack.record(session);
        stack.jdbc()
                .sql(
                        "update capture.events set payload = ' ' where session_id = ?"
                                + " and session_sequence = 2")
                .param(session.id())
                .update();
        stack.journalCaughtUp();

        ContinuityReport found = verified("long");

        assertThat(found.getClean()).as("%s", found).isTrue();
        assertThat(found.getSummary()).startsWith("1000 events from 502 on");
        assertThat(
                        gateway.get("/api/sessions/" + session.id() + "/continuity")
                                .get("verdict")
                                .asString())
                .isEqualTo("faulty");
    }

    /** The gateway's answer to a reload in a lab. */
    private static ContinuityReport verified(String lab) {
        UUID id = UUID.randomUUID();
        verifying(lab, id);
        ContinuityReport found = answer(id);
        completed(lab, id);
        return found;
    }

    private static void verifying(String lab, UUID id) {
        status(lab, id, ReloadPhase.RELOAD_PHASE_ANNOUNCED, "");
        status(lab, id, ReloadPhase.RELOAD_PHASE_VERIFYING, "");
    }

    private static void completed(String lab, UUID id) {
        status(lab, id, ReloadPhase.RELOAD_PHASE_COMPLETED, "");
        awaitPhase(id, "completed");
    }

    /** What the gateway found, once it does not put the reload off any more. */
    private static ContinuityReport answer(UUID id) {
        await().until(() -> reports(id).stream().anyMatch(report -> !report.getPending()));
        return reports(id).getLast();
    }

    private static List<ContinuityReport> reports(UUID id) {
        return stack.read(Topics.CONTROL, 0).stream()
                .map(Records::controlEvent)
                .filter(ControlEvent::hasContinuityReport)
                .map(ControlEvent::getContinuityReport)
                .filter(report -> report.getReloadId().equals(id.toString()))
                .toList();
    }

    @Test
    void saysThatItIsThereAndThatItStops() {
        UUID process = UUID.randomUUID();
        long before = stack.end(Topics.CONTROL);
        restart(process);
        await().ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(gateway.get("/api/services").get("services"))
                                .anySatisfy(service -> {
                                    assertThat(service.get("processId").asString())
                                            .isEqualTo(process.toString());
                                    assertThat(service.get("service").asString())
                                            .isEqualTo("ui-gateway");
                                    assertThat(service.get("there").asBoolean()).isTrue();
                                }));
        restart(UUID.randomUUID());

        assertThat(
                        stack.read(Topics.CONTROL, before).stream()
                                .map(Records::controlEvent)
                                .map(ControlEvent::getServiceStatus)
                                .filter(s -> s.getProcessId().equals(process.toString()))
                                .map(kontor.control.v1.ServiceStatus::getState))
                .startsWith(ServiceState.SERVICE_STATE_READY)
                .endsWith(ServiceState.SERVICE_STATE_STOPPING);
    }
}
