package kontor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.SampleMessages;
import kontor.gateway.sample.SampleSession;
import kontor.gateway.sample.SampleSession.Step;
import kontor.gateway.sample.SampleStack;
import kontor.log.CheckpointFormat;
import kontor.sessions.v1.RuleFile;
import kontor.sessions.v1.RuleHit;
import kontor.sessions.v1.RulesChanged;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.WaitReason;
import kontor.sessions.v1.Waiting;
import kontor.state.v1.Checkpoint;
import kontor.state.v1.Held;
import kontor.state.v1.HeldKind;
import kontor.state.v1.Lab;
import kontor.state.v1.Lane;
import kontor.state.v1.Mark;
import kontor.state.v1.RunningSession;
import kontor.topics.Records;
import kontor.topics.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a gateway that is started again says of rules and of what waits; the test orchestrates. */
@Timeout(120)
class RestartIT {

    private static final String RULES = "- {rule: later, when: udp, do: {hold: 10 min}}\n";
    private static final long HELD_MICROS = 1_700_000_000_000_000L;
    private static final long DUE_MICROS = HELD_MICROS + 600_000_000L;

    @Test
    void ruleHitsAndWhatWaitsAreThoseBeforeHoweverFarBackTheyAreInTheLog(@TempDir Path rules)
            throws IOException {
        Files.writeString(rules.resolve("a.yaml"), RULES);
        try (SampleStack stack = new SampleStack()) {
            SampleSession session = SampleSession.of("restarted");
            for (int i = 0; i < 9; i++) {
                session.datagram("game1", 2350, 2351, SampleMessages.x642(i));
            }
            play(stack, session.steps());
            JsonNode ruleHits;
            JsonNode held;
            try (GatewayUnderTest before = gateway(stack, rules, 20_000)) {
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(hits(before)).isEqualTo(3));
                ruleHits = before.get("/api/rules").get("rules");
                held = ageless(before);
                assertThat(held).hasSize(2);
            }

            try (GatewayUnderTest after = gateway(stack, rules, 2)) {
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(ageless(after)).hasSize(2));
                assertThat(ageless(after)).isEqualTo(held);
                assertThat(after.get("/api/rules").get("rules")).isEqualTo(ruleHits);
            }
        }
    }

    private static GatewayUnderTest gateway(SampleStack stack, Path rules, int records) {
        GatewayUnderTest gateway =
                GatewayUnderTest.on(
                        stack,
                        Map.of(
                                "KONTOR_RULES_DIR",
                                rules.toString(),
                                "KONTOR_GATEWAY_TAIL_RECORDS",
                                records));
        gateway.awaitReady();
        return gateway;
    }

    /** What waits, each since when and until when; its age follows from that. */
    private static JsonNode ageless(GatewayUnderTest gateway) {
        JsonNode held = gateway.get("/api/held").get("held");
        held.forEach(one -> ((ObjectNode) one).remove("ageMillis"));
        return held;
    }

    private static long hits(GatewayUnderTest gateway) {
        return gateway.get("/api/rules").get("rules").get(0).get("hits").asLong();
    }

    /** The rule has matched twice up to the checkpoint, and once behind it. */
    private static void play(SampleStack stack, List<Step> steps) {
        stack.publish(
                SessionEvent.newBuilder()
                        .setLab("restarted")
                        .setOwnerEpoch(1)
                        .setRulesChanged(rulesChanged())
                        .build());
        for (int i = 0; i < steps.size(); i++) {
            SessionEvent event = steps.get(i).event();
            switch (i) {
                case 2 -> stack.publish(matched(event, 1, WaitReason.WAIT_REASON_PERSON));
                case 4 -> {
                    SessionEvent last = hit(event);
                    long offset = stack.end(Topics.SESSION_EVENTS);
                    stack.publish(last);
                    SessionEvent first = steps.get(2).event();
                    stack.send(Records.of(checkpoint(last, offset, first)));
                }
                case 6 -> stack.publish(matched(event, 2, WaitReason.WAIT_REASON_BEHIND));
                default -> stack.publish(event);
            }
        }
    }

    private static RulesChanged rulesChanged() {
        return RulesChanged.newBuilder()
                .setVersion("v1")
                .addFiles(RuleFile.newBuilder().setName("a.yaml").setText(RULES))
                .build();
    }

    private static SessionEvent hit(SessionEvent event) {
        return event.toBuilder().addRuleHits(RuleHit.newBuilder().setRule("later")).build();
    }

    private static SessionEvent matched(SessionEvent event, long number, WaitReason reason) {
        return hit(event).toBuilder()
                .setSequencedAtMicros(HELD_MICROS)
                .addWaits(
                        Waiting.newBuilder()
                                .setNumber(number)
                                .setInstance("game2")
                                .setRule("later")
                                .setDueAtMicros(DUE_MICROS)
                                .setReason(reason))
                .build();
    }

    private static Checkpoint checkpoint(SessionEvent last, long offset, SessionEvent came) {
        ByteString payload = came.getAdapterEvent().getDatagram().getPayload();
        return Checkpoint.newBuilder()
                .setFormat(CheckpointFormat.VERSION)
                .setPartition(0)
                .setOffset(offset)
                .setOwnerEpoch(last.getOwnerEpoch())
                .setLast(
                        Mark.newBuilder()
                                .setLab(last.getLab())
                                .setSessionId(last.getSessionId())
                                .setSessionSequence(last.getSessionSequence())
                                .setOwnerEpoch(last.getOwnerEpoch())
                                .setSequencedAtMicros(last.getSequencedAtMicros()))
                .addLabs(
                        Lab.newBuilder()
                                .setLab(last.getLab())
                                .setRules(rulesChanged())
                                .putRuleHits("later", 2)
                                .setSession(
                                        RunningSession.newBuilder()
                                                .setSessionId(came.getSessionId())
                                                .addUdpFlows(came.getFlow()))
                                .addHeld(
                                        Held.newBuilder()
                                                .setNumber(1)
                                                .setKind(HeldKind.HELD_KIND_DATAGRAM)
                                                .setRule("later")
                                                .setReason(WaitReason.WAIT_REASON_PERSON)
                                                .setHeldAtMicros(HELD_MICROS)
                                                .setDueAtMicros(DUE_MICROS)
                                                .setSessionId(came.getSessionId())
                                                .setSessionSequence(came.getSessionSequence())
                                                .setPayload(payload)
                                                .setLane(
                                                        Lane.newBuilder()
                                                                .setFromInstance("game1")
                                                                .setFromPort(2350)
                                                                .setToInstance("game2")
                                                                .setToPort(2351))))
                .build();
    }
}
