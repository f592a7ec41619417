package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.sample.EventStream;
import kontor.gateway.sample.EventStream.Received;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleSession.Step;
import kontor.sessions.v1.OwnerClaim;
import kontor.sessions.v1.SessionEvent;
import kontor.topics.Records;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** The live stream over real HTTP, with a real broker and a real database. */
@Timeout(120)
class StreamIT extends GatewayOnSampleStack {

    /** Small, so that the database is needed. */
    private static final int RING = 64;

    private static final JsonMapper JSON = new JsonMapper();

    @BeforeAll
    static void start() {
        startGateway(
                Map.of(
                        "KONTOR_GATEWAY_TAIL_EVENTS",
                        RING,
                        "KONTOR_GATEWAY_STREAM_BATCH",
                        10,
                        "KONTOR_GATEWAY_STREAM_HEARTBEAT",
                        "300ms",
                        "KONTOR_GATEWAY_STREAM_DATABASE_POLL",
                        "20ms"));
    }

    private static long sequence(Received received) {
        return JSON.readTree(received.data()).get("sequence").asLong();
    }

    private static List<Long> sequences(List<Received> received, String type) {
        return received.stream()
                .filter(r -> r.type().equals(type))
                .map(StreamIT::sequence)
                .toList();
    }

    private static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void streamsASessionAsItHappensWithoutTheDatabase() throws InterruptedException {
        SampleSession session = SampleSession.lobby("live");
        session.steps().forEach(stack::publish);
        await().until(() -> heard(session) == session.lastSequence());

        try (EventStream stream = gateway.stream(session, null)) {
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
        return gateway.bean(LiveSessions.class)
                .find(session.id())
                .map(LiveSession::lastSequence)
                .orElse(0L);
    }

    @Test
    void kafkasOwnMetersShowHowItsClientsGetOn() {
        assertThat(gateway.bean(MeterRegistry.class).getMeters())
                .anyMatch(meter ->
                        meter.getId().getName().equals("kafka.consumer.connection.count")
                                && "kontor-ui-gateway-tail"
                                        .equals(meter.getId().getTag("client.id")));
    }

    @Test
    void tellsOfAnEventTheSameFromKafkaAndFromTheDatabase() throws InterruptedException {
        SampleSession live = SampleSession.lobby("same");
        live.steps().forEach(stack::publish);
        await().until(() -> heard(live) == live.lastSequence());
        List<String> fromKafka = new ArrayList<>();
        try (EventStream stream = gateway.stream(live, null)) {
            stream
                    .until(r -> r.type().equals("event") && sequence(r) == live.lastSequence())
                    .stream()
                    .filter(r -> r.type().equals("event"))
                    .forEach(r -> fromKafka.add(r.data()));
        }
        stack.record(live);

        List<String> fromDatabase = new ArrayList<>();
        gateway.get("/api/sessions/" + live.id() + "/events")
                .get("events")
                .forEach(event -> fromDatabase.add(event.get("event").toString()));
        assertThat(fromKafka).isEqualTo(fromDatabase);
    }

    @Test
    void resumesWithoutLossOrRepeatWhileEventsFlow() throws InterruptedException {
        SampleSession session = SampleSession.of("resume");
        session.chat(600);
        stack.recordSession(session);
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
            try (EventStream stream = gateway.stream(session, last)) {
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
        SampleSession session = SampleSession.of("slow");
        stack.recordSession(session);
        session.chat(10);
        session.steps().forEach(stack::publish);
        session.steps().forEach(stack::record);
        await().until(() -> heard(session) == 11);
        try (EventStream slow = gateway.stream(session, null)) {
            slow.until(r -> sequence(r) == 5);
            session.chat(20 * RING);
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
        SampleSession session = SampleSession.of("lag");
        session.chat(3 * RING);
        stack.recordSession(session);
        session.steps().forEach(stack::publish);
        session.steps().subList(0, 10).forEach(stack::record);
        await().until(() -> heard(session) == session.lastSequence());
        try (EventStream stream = gateway.stream(session, null)) {
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
        SampleSession session = SampleSession.of("zombie");
        session.chat(3);
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
        try (EventStream stream = gateway.stream(session, null)) {
            List<Received> received =
                    stream.until(r -> r.type().equals("event") && sequence(r) == 5);
            assertThat(sequences(received, "event")).isEqualTo(oneTo(5));
            assertThat(received.getLast().data()).contains("right");
        }
    }

    @Test
    void goesOnBehindASnapshotWithoutLosingLateMessages() throws InterruptedException {
        SampleSession session = SampleSession.of("snapshot");
        session.chat(8);
        stack.recordSession(session);
        List<Step> steps = session.steps();
        for (Step step : steps) {
            boolean analysed = step.event().getSessionSequence() <= 6;
            Step part =
                    new Step(step.event(), step.receipts(), analysed ? step.results() : List.of());
            stack.publish(part);
            stack.record(part);
        }
        await().until(() -> heard(session) == 9);
        String cursor =
                gateway.get("/api/sessions/" + session.id() + "/events").get("cursor").asString();

        try (EventStream stream =
                new EventStream(
                        gateway.uri("/api/sessions/" + session.id() + "/stream?after=" + cursor),
                        null)) {
            for (Step step : steps.subList(6, 9)) {
                step.results().forEach(result -> stack.send(Records.of(result)));
            }
            assertThat(sequences(stream.until(r -> sequence(r) == 9), "messages"))
                    .containsExactly(7L, 8L, 9L);
        }
    }
}
