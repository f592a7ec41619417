package kontor.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.rules.Overflow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stored session over real HTTP: its pages, lists and bytes, from a real database. */
@Timeout(120)
class ArchiveIT extends GatewayOnSampleStack {

    private static final JsonMapper JSON = new JsonMapper();

    @BeforeAll
    static void start() {
        startGateway(Map.of("KONTOR_GATEWAY_RECEIPT_PATIENCE", "0s"));
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
    void aTrialOfRulesLeavesOutWhatWasLostBecauseTooMuchWaited() {
        SampleSession session = SampleSession.of("overflow");
        for (int i = 0; i < 3; i++) {
            session.datagram("game1", 2350, 2350, SampleMessages.x642(1));
        }
        stack.record(session);
        stack.jdbc()
                .sql(
                        "update capture.events set verdict = 'dropped', verdict_detail = :why"
                                + " where session_id = :session and session_sequence = 3")
                .param("why", "far (" + Overflow.tooMany(4_096) + ")")
                .param("session", session.id())
                .update();

        byte[] answer =
                gateway.client()
                        .post()
                        .uri("/api/sessions/" + session.id() + "/rule-trials")
                        .contentType(MediaType.valueOf("application/yaml"))
                        .bodyValue("rules: [{rule: loud, from: game1, do: drop}]")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(byte[].class)
                        .returnResult()
                        .getResponseBody();

        JsonNode trial = JSON.readTree(requireNonNull(answer));
        assertThat(trial.get("events").asLong()).isEqualTo(3);
        assertThat(trial.get("lost").asLong()).isEqualTo(1);
        assertThat(trial.get("changed").asLong()).isEqualTo(2);
        assertThat(trial.at("/rules/0/matched").asLong()).isEqualTo(3);
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
}
