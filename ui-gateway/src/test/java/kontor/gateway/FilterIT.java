package kontor.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.sample.EventStream;
import kontor.gateway.sample.EventStream.Received;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.LargeSession;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleSession.Step;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Filters over real HTTP: stored events by SQL, live ones by the predicate. */
@Timeout(120)
class FilterIT extends GatewayOnSampleStack {

    private static final JsonMapper JSON = new JsonMapper();

    @BeforeAll
    static void start() {
        startGateway(
                Map.of(
                        "KONTOR_GATEWAY_STREAM_BATCH",
                        10,
                        "KONTOR_GATEWAY_STREAM_HEARTBEAT",
                        "300ms",
                        "KONTOR_GATEWAY_STREAM_DATABASE_POLL",
                        "20ms"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The path is sent as it is. */
    private static JsonNode get(String path) {
        byte[] body =
                gateway.client()
                        .get()
                        .uri(gateway.uri(path))
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(byte[].class)
                        .returnResult()
                        .getResponseBody();
        return JSON.readTree(requireNonNull(body));
    }

    private static JsonNode events(SampleSession session, String query, String filter) {
        return get(
                "/api/sessions/%s/events?%sfilter=%s"
                        .formatted(session.id(), query, encoded(filter)));
    }

    private static List<Long> sequences(JsonNode page) {
        return StreamSupport.stream(page.get("events").spliterator(), false)
                .map(event -> event.at("/event/sequence").asLong())
                .toList();
    }

    /** What the filter must find, by what the unfiltered pages say. */
    private static List<Long> withMessage(SampleSession session, String type) {
        List<Long> found = new ArrayList<>();
        for (JsonNode event : get("/api/sessions/" + session.id() + "/events").get("events")) {
            for (JsonNode message : event.get("messages")) {
                if (message.get("type").asString().equals(type)) {
                    found.add(event.at("/event/sequence").asLong());
                }
            }
        }
        return found;
    }

    @Test
    void findsEventsByThemselvesAndByTheirMessages() {
        SampleSession session = stack.record(SampleSession.lobby("filter"));
        List<Long> pings = withMessage(session, "ENUMSESSIONS");
        assertThat(pings).isNotEmpty();

        assertThat(sequences(events(session, "", "dplay.command == 0x02"))).isEqualTo(pings);
        assertThat(sequences(events(session, "", "message.type == \"ENUMSESSIONS\"")))
                .isEqualTo(pings);
        assertThat(sequences(events(session, "", "message.type matches \"^enumsessions$\"")))
                .isEqualTo(pings);
        assertThat(sequences(events(session, "before=99999&", "dplay.command == \"ENUMSESSIONS\"")))
                .isEqualTo(pings);
        assertThat(sequences(events(session, "", "payload contains \"play\" && frame.len < 30")))
                .allSatisfy(sequence -> assertThat(sequence).isPositive());
        assertThat(sequences(events(session, "", "udp && tcp"))).isEmpty();
        assertThat(
                        get("/api/sessions/%s/events/count?filter=%s"
                                        .formatted(session.id(), encoded("dplay.command == 2")))
                                .get("count")
                                .asInt())
                .isEqualTo(pings.size());
        assertThat(get("/api/sessions/" + session.id() + "/events/count").get("count").asLong())
                .isEqualTo(session.lastSequence());
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance == \"game1\"", "instance matches \"^GAME1\""})
    void pagesThroughWhatItFinds(String filter) {
        SampleSession session = SampleSession.of("pages");
        session.chat(40);
        stack.record(session);
        List<Long> all = sequences(events(session, "", filter));
        assertThat(all).hasSizeBetween(10, 40);

        List<Long> paged = new ArrayList<>();
        long after = 0;
        while (true) {
            JsonNode page = events(session, "limit=7&after=" + after + "&", filter);
            paged.addAll(sequences(page));
            if (page.get("next") == null) {
                break;
            }
            after = page.get("next").asLong();
        }
        assertThat(paged).isEqualTo(all);
        assertThat(sequences(events(session, "limit=3&before=99999&", filter)))
                .isEqualTo(all.subList(all.size() - 3, all.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dplay.command == 0x02", "message.type matches \"^enumsessions$\""})
    void findsMessages(String filter) {
        SampleSession session = stack.record(SampleSession.lobby("messages"));
        JsonNode page =
                get("/api/sessions/%s/messages?filter=%s".formatted(session.id(), encoded(filter)));
        assertThat(page.get("messages")).isNotEmpty();
        assertThat(page.get("messages"))
                .allSatisfy(message ->
                        assertThat(message.at("/message/type").asString())
                                .isEqualTo("ENUMSESSIONS"));
    }

    @Test
    void saysWhereAFilterIsWrong() {
        SampleSession session = stack.record(SampleSession.lobby("wrong"));
        gateway.client()
                .get()
                .uri(b ->
                        b.path("/api/sessions/{id}/events")
                                .queryParam("filter", "{filter}")
                                .build(session.id(), "udp && dplay.comand == 2"))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:kontor:problem:bad-filter")
                .jsonPath("$.offset")
                .isEqualTo(7)
                .jsonPath("$.length")
                .isEqualTo(12)
                .jsonPath("$.expected[0]")
                .isEqualTo("dplay.command")
                .jsonPath("$.parameter")
                .isEqualTo("filter");
    }

    @Test
    void helpsWithTyping() {
        JsonNode check = get("/api/filters/check?filter=" + encoded("udp && dplay.comm"));
        assertThat(check.get("state").asString()).isEqualTo("intermediate");
        assertThat(check.at("/problems/0/offset").asInt()).isEqualTo(7);
        assertThat(
                        get("/api/filters/check?caret=0&filter=" + encoded("udp && dplay.comm"))
                                .get("state")
                                .asString())
                .isEqualTo("invalid");
        JsonNode proposals = get("/api/filters/complete?filter=" + encoded("dplay.comm"));
        assertThat(proposals.at("/proposals/0/text").asString()).isEqualTo("dplay.command");
        assertThat(proposals.at("/proposals/0/type").asString()).isEqualTo("integer");
        JsonNode fields = get("/api/fields").get("fields");
        assertThat(
                        StreamSupport.stream(fields.spliterator(), false)
                                .map(field -> field.get("name").asString()))
                .contains("dplay.command", "x642.value", "udp.port", "payload");
    }

    private static long heard(SampleSession session) {
        return gateway.bean(LiveSessions.class)
                .find(session.id())
                .map(LiveSession::lastSequence)
                .orElse(0L);
    }

    private static EventStream stream(SampleSession session, String filter, @Nullable String last) {
        return new EventStream(
                gateway.uri(
                        "/api/sessions/%s/stream?filter=%s"
                                .formatted(session.id(), encoded(filter))),
                last);
    }

    private static long sequence(Received received) {
        return JSON.readTree(received.data()).path("sequence").asLong();
    }

    private static List<Long> of(List<Received> received, String type) {
        return received.stream()
                .filter(r -> r.type().equals(type))
                .map(FilterIT::sequence)
                .toList();
    }

    private static boolean hasCome(Received received, long through) {
        return sequence(received) == through
                || JSON.readTree(received.data()).path("through").asLong() == through;
    }

    @Test
    void streamsWhatItFindsInMemoryWithoutTheDatabase() {
        SampleSession session = SampleSession.of("live-filter");
        session.chat(30);
        session.steps().forEach(stack::publish);
        await().until(() -> heard(session) == session.lastSequence());
        try (EventStream stream = stream(session, "instance == \"game2\"", null)) {
            List<Received> received = stream.until(r -> hasCome(r, session.lastSequence()));
            assertThat(of(received, "event"))
                    .isNotEmpty()
                    .isEqualTo(
                            session.steps().stream()
                                    .map(Step::event)
                                    .filter(e -> e.getAdapterEvent().getInstance().equals("game2"))
                                    .map(e -> e.getSessionSequence())
                                    .toList());
            assertThat(of(received, "progress")).isNotEmpty();
            assertThat(stream.nextComment()).isEqualTo("heartbeat");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "instance == \"game1\"",
                "instance == \"game1\" && message.len > 0",
                "!(instance == \"game2\" && message)"
            })
    void resumesWithoutLossOrRepeatWhileEventsFlow(String filter) throws InterruptedException {
        SampleSession session = SampleSession.of("resume-filter");
        session.chat(300);
        stack.recordSession(session);
        List<Step> steps = session.steps();
        Thread play =
                Thread.ofVirtual()
                        .start(() -> {
                            for (Step step : steps) {
                                stack.publish(step);
                                stack.record(step);
                            }
                        });
        await().until(() -> heard(session) > 0);

        List<Received> all = new ArrayList<>();
        @Nullable String last = null;
        boolean whole = false;
        while (!whole) {
            try (EventStream stream = stream(session, filter, last)) {
                for (int i = 0; i < 37 && !whole; i++) {
                    Received received = stream.next();
                    all.add(received);
                    last = received.id();
                    whole = last != null && last.contains(":301:301");
                }
            }
        }
        play.join();

        List<Long> expected = sequences(events(session, "limit=1000&", filter));
        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(of(all, "event")).isEqualTo(expected);
        List<Long> messages = of(all, "messages");
        assertThat(messages).isEqualTo(expected.stream().filter(s -> s > 1).toList());
    }

    /** A message of each event whose value is the event's sequence. */
    private static UUID largeSession(int events) {
        UUID session = LargeSession.write(stack.jdbc(), "large", events);
        stack.jdbc()
                .sql(
                        """
                        insert into analysis.messages (session_id, session_sequence, message_index,
                            analyzer, analyzer_version, flow, from_instance, protocol, type,
                            summary, completeness, length, spans, fields, field_values)
                        select session_id, session_sequence, 0, 'x642', 'test', flow, instance,
                            'x642', 'VALUES', '', 'whole', 1, '[]', '[]', jsonb_build_object(
                                'x642', '[null]'::jsonb,
                                'x642.value', jsonb_build_array(session_sequence))
                        from capture.events where session_id = ? and payload is not null
                        """)
                .param(session)
                .update();
        return session;
    }

    @Test
    void aLargeSessionIsSearchedToItsEndButForBlocksInWhichItsNumbersCannotBe() {
        UUID session = largeSession(21_000);
        String path = "/api/sessions/" + session + "/";
        String early = encoded("x642.value < 4");
        String late = encoded("x642.value > 20997 || message.type matches \"^nothing$\"");
        String tcp = encoded("tcp && frame.len > 1");

        assertThat(sequences(get(path + "events?filter=" + early))).containsExactly(2L, 3L);
        assertThat(sequences(get(path + "events?before=21000&filter=" + early)))
                .containsExactly(2L, 3L);
        assertThat(sequences(get(path + "events?filter=" + late)))
                .containsExactly(20_998L, 20_999L);
        assertThat(get(path + "messages?filter=" + late).get("messages")).hasSize(2);
        assertThat(sequences(get(path + "events?limit=100&after=20600&filter=" + tcp)))
                .hasSize(99)
                .endsWith(20_996L);
        assertThat(sequences(get(path + "events?filter=" + tcp))).endsWith(400L);

        stack.jdbc()
                .sql(
                        "update analysis.number_ranges set highest = 1 where session_id = ? and"
                                + " block = 20")
                .param(session)
                .update();
        String most = encoded("x642.value > 20000");
        assertThat(get(path + "events/count?filter=" + most).get("count").asLong())
                .isEqualTo((20L << 10) - 1 - 20_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x642.value > 7000 && instance == \"game1\"",
                "x642.value < 3000 && instance matches \"1$\""
            })
    void countsWhatItFindsInEachBlockOfTheSession(String filter) {
        UUID session = largeSession(9_000);
        String events = "/api/sessions/" + session + "/events";

        JsonNode blocks = get(events + "/blocks?filter=" + encoded(filter));
        assertThat(blocks.get("through").asLong()).isEqualTo(9_000);
        long length = blocks.get("blockLength").asLong();
        assertThat(length).isEqualTo(256);
        JsonNode found = blocks.get("found");
        assertThat(found.size()).isEqualTo(9_000 / 256 + 1);
        long all = 0;
        for (int block = 0; block < found.size(); block++) {
            String within =
                    "?limit=1000&after=%d&before=%d&filter=%s"
                            .formatted(
                                    Math.max(0, block * length - 1),
                                    (block + 1) * length,
                                    encoded(filter));
            assertThat(found.get(block).asInt())
                    .isEqualTo(get(events + within).get("events").size());
            all += found.get(block).asInt();
        }
        assertThat(get(events + "/count?filter=" + encoded(filter)).get("count").asLong())
                .isEqualTo(all);
    }

    @Test
    void leavesTheBlocksOutWhereTooManyEventsWouldHaveToBeRead() {
        UUID session = largeSession(21_000);

        JsonNode blocks =
                get(
                        "/api/sessions/%s/events/blocks?filter=%s"
                                .formatted(session, encoded("instance matches \"game\"")));
        assertThat(blocks.has("found")).isFalse();
        assertThat(blocks.get("through").asLong()).isEqualTo(21_000);
    }

    @Test
    void sendsWhatHasNoMessagesWhenAnalysisHasComeToTheEnd() {
        SampleSession session = SampleSession.lobby("rest-filter");
        session.end();
        stack.record(session);
        List<Long> expected = sequences(events(session, "", "!message"));
        assertThat(expected).contains(1L, session.lastSequence());
        try (EventStream stream = stream(session, "!message", null)) {
            List<Received> first = stream.until(r -> hasCome(r, session.lastSequence()));
            assertThat(of(first, "event")).doesNotContain(session.lastSequence());
            stack.analysed(session);
            List<Received> all = new ArrayList<>(first);
            all.addAll(stream.until(r -> sequence(r) == session.lastSequence()));
            assertThat(of(all, "event")).isEqualTo(expected);
        }
    }
}
