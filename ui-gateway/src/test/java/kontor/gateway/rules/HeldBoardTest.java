package kontor.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import kontor.gateway.rules.HeldBoard.Held;
import kontor.gateway.rules.HeldEdit.Edited;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Datagram;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.FlowData;
import kontor.packets.v1.FlowReference;
import kontor.packets.v1.GameFrozen;
import kontor.packets.v1.GameThawed;
import kontor.sessions.v1.FlowEnd;
import kontor.sessions.v1.HeldReleased;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.SessionFlow;
import kontor.sessions.v1.WaitReason;
import kontor.sessions.v1.Waiting;
import kontor.state.v1.Frozen;
import kontor.state.v1.HeldKind;
import kontor.state.v1.Lab;
import kontor.state.v1.Lane;
import kontor.state.v1.RunningSession;
import kontor.state.v1.TcpNumber;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;

class HeldBoardTest {

    private final HeldBoard board = new HeldBoard();

    private void comes(long number, String to, WaitReason reason, String bytes) {
        board.heard(
                SessionEvent.newBuilder()
                        .setLab("lab")
                        .setSequencedAtMicros(1_000)
                        .setAdapterEvent(
                                AdapterEvent.newBuilder()
                                        .setInstance("game1")
                                        .setDatagram(
                                                Datagram.newBuilder()
                                                        .setSource(
                                                                Endpoint.newBuilder().setPort(2350))
                                                        .setDestination(
                                                                Endpoint.newBuilder().setPort(2351))
                                                        .setPayload(
                                                                ByteString.copyFrom(
                                                                        HexFormat.of()
                                                                                .parseHex(bytes)))))
                        .addWaits(
                                Waiting.newBuilder()
                                        .setNumber(number)
                                        .setInstance(to)
                                        .setReason(reason))
                        .build());
    }

    private void comesInAStream(long number, long flow, boolean fromOpener, String bytes) {
        FlowEnd opener =
                FlowEnd.newBuilder()
                        .setInstance("game1")
                        .setEndpoint(Endpoint.newBuilder().setPort(40_000))
                        .build();
        FlowEnd target =
                FlowEnd.newBuilder()
                        .setInstance("game2")
                        .setEndpoint(Endpoint.newBuilder().setPort(2300))
                        .build();
        board.heard(
                SessionEvent.newBuilder()
                        .setLab("lab")
                        .setFlow(
                                SessionFlow.newBuilder()
                                        .setNumber(5)
                                        .setFromOpener(fromOpener)
                                        .setOpener(opener)
                                        .setTarget(target)
                                        .setReference(
                                                FlowReference.newBuilder()
                                                        .setRunId("r")
                                                        .setNumber(flow)))
                        .setAdapterEvent(
                                AdapterEvent.newBuilder()
                                        .setInstance(fromOpener ? "game1" : "game2")
                                        .setFlowData(FlowData.newBuilder()))
                        .addWaits(
                                Waiting.newBuilder()
                                        .setNumber(number)
                                        .setInstance(fromOpener ? "game2" : "game1")
                                        .setReason(WaitReason.WAIT_REASON_PERSON)
                                        .setPayload(
                                                ByteString.copyFrom(
                                                        HexFormat.of().parseHex(bytes))))
                        .build());
    }

    private void freezeAnswered(AdapterEvent.Builder event, long micros) {
        board.heard(
                SessionEvent.newBuilder()
                        .setLab("lab")
                        .setSequencedAtMicros(micros)
                        .setAdapterEvent(event)
                        .build());
    }

    private void goes(long number, long holdNext) {
        board.heard(
                SessionEvent.newBuilder()
                        .setLab("lab")
                        .setHeldReleased(
                                HeldReleased.newBuilder()
                                        .setNumber(number)
                                        .setHoldNextMicros(holdNext))
                        .build());
    }

    private Held held(long number) {
        return Objects.requireNonNull(board.held("lab", number));
    }

    @Test
    void whatWaitsIsKnownUntilItIsReleased() {
        comes(1, "game2", WaitReason.WAIT_REASON_PERSON, "0102");
        comes(2, "game2", WaitReason.WAIT_REASON_BEHIND, "03");

        assertThat(board.all()).extracting(Held::number).containsExactly(1L, 2L);
        assertThat(held(1).bytes()).isEqualTo(Bytes.ofHex("0102"));
        assertThat(held(2).lane()).isEqualTo(held(1).lane());
        goes(1, 0);
        goes(1, 0);
        assertThat(board.all()).extracting(Held::number).containsExactly(2L);
        assertThat(board.held("other", 2)).isNull();
    }

    @Test
    void aStepMakesTheNextOnItsWayWaitForAPerson() {
        comes(1, "game2", WaitReason.WAIT_REASON_PERSON, "01");
        comes(2, "game3", WaitReason.WAIT_REASON_BEHIND, "02");
        comes(3, "game2", WaitReason.WAIT_REASON_BEHIND, "03");

        goes(1, 9_000);

        assertThat(held(2).reason()).isEqualTo(WaitReason.WAIT_REASON_BEHIND);
        assertThat(held(3).reason()).isEqualTo(WaitReason.WAIT_REASON_PERSON);
        assertThat(held(3).dueMicros()).isEqualTo(9_000);
    }

    @Test
    void aWayOfAStreamIsADirectionOfOneFlow() {
        comesInAStream(1, 7, true, "01");
        comesInAStream(2, 7, false, "02");
        comesInAStream(3, 8, true, "03");
        comesInAStream(4, 7, true, "04");

        assertThat(held(1).lane())
                .isEqualTo(new HeldBoard.Lane("lab", "game1", 40_000, "game2", 2300, "r/7"))
                .isEqualTo(held(4).lane())
                .isNotEqualTo(held(2).lane())
                .isNotEqualTo(held(3).lane());
        assertThat(held(1).isStream()).isTrue();
        assertThat(held(1).flow()).isEqualTo(5);
        assertThat(held(1).kind()).isEqualTo("flow_data");
    }

    @Test
    void whileAGameIsFrozenWhatWaitsForAPersonHasNoTimeAndLaterHasMore() {
        board.heard(
                SessionEvent.newBuilder()
                        .setLab("lab")
                        .setSequencedAtMicros(1_000)
                        .setAdapterEvent(AdapterEvent.newBuilder().setInstance("game1"))
                        .addWaits(
                                Waiting.newBuilder()
                                        .setNumber(1)
                                        .setReason(WaitReason.WAIT_REASON_PERSON)
                                        .setFreezeMicros(60_000)
                                        .setDueAtMicros(5_000))
                        .build());
        assertThat(held(1).freezes()).isTrue();
        AdapterEvent.Builder game2 = AdapterEvent.newBuilder().setInstance("game2");

        freezeAnswered(game2.setGameFrozen(GameFrozen.newBuilder()), 2_000);
        assertThat(held(1).isFrozen()).isTrue();
        freezeAnswered(game2.setGameThawed(GameThawed.newBuilder()), 9_000);

        assertThat(held(1).isFrozen()).isFalse();
        assertThat(held(1).dueMicros()).isEqualTo(12_000);
    }

    private static kontor.state.v1.Held.Builder checkpointed(long number, HeldKind kind) {
        return kontor.state.v1.Held.newBuilder()
                .setNumber(number)
                .setKind(kind)
                .setReason(WaitReason.WAIT_REASON_PERSON)
                .setHeldAtMicros(500)
                .setDueAtMicros(4_500)
                .setSessionId("s")
                .setPayload(ByteString.copyFromUtf8("x"));
    }

    @Test
    void itBeginsWithWhatTheCheckpointKnowsWhateverWasHeardBefore() {
        comes(1, "game2", WaitReason.WAIT_REASON_PERSON, "01");
        Lane.Builder lane =
                Lane.newBuilder()
                        .setFromInstance("game1")
                        .setFromPort(2350)
                        .setToInstance("game2")
                        .setToPort(2351);
        FlowReference stream = FlowReference.newBuilder().setRunId("r").setNumber(7).build();
        board.known(
                Lab.newBuilder()
                        .setLab("lab")
                        .setFrozen(Frozen.newBuilder().addInstances("game2").setSinceMicros(2_000))
                        .setSession(
                                RunningSession.newBuilder()
                                        .setSessionId("s")
                                        .addTcpNumbers(
                                                TcpNumber.newBuilder()
                                                        .setReference(stream)
                                                        .setNumber(3)))
                        .addHeld(checkpointed(5, HeldKind.HELD_KIND_DATAGRAM).setLane(lane))
                        .addHeld(
                                checkpointed(6, HeldKind.HELD_KIND_OUTPUT_END)
                                        .setLane(lane.clone().setFlow(stream)))
                        .build());
        comes(7, "game2", WaitReason.WAIT_REASON_BEHIND, "02");

        assertThat(board.all()).extracting(Held::number).containsExactly(5L, 6L, 7L);
        assertThat(held(7).lane()).isEqualTo(held(5).lane()).isNotEqualTo(held(6).lane());
        assertThat(held(6).kind()).isEqualTo("flow_half_closed");
        assertThat(held(6).flow()).isEqualTo(3);
        assertThat(held(5).isFrozen()).isTrue();
        assertThat(held(5).heldMicros()).isEqualTo(500);
        AdapterEvent.Builder game2 = AdapterEvent.newBuilder().setInstance("game2");
        freezeAnswered(game2.setGameThawed(GameThawed.newBuilder()), 9_000);
        assertThat(held(5).dueMicros()).as("7 ms stood still").isEqualTo(11_500);
    }

    @Test
    void anEditOfAMessageInAStreamIsThatOfTheMessage() {
        comesInAStream(
                1,
                7,
                true,
                "2400b0fa020008fc000000000000000000000000706c617916000e000100000002000000");

        assertThat(
                        HeldEdit.of(
                                held(1),
                                new HeldRelease(
                                        null,
                                        List.of(
                                                new HeldRelease.Change(
                                                        "dplay.ping.tick_count", "9", null)),
                                        null)))
                .isEqualTo(
                        new Edited.Done(
                                Bytes.ofHex(
                                        "2400b0fa020008fc000000000000000000000000"
                                                + "706c617916000e000100000009000000")));
    }

    @Test
    void anEditReplacesBytesAndWhatIsNoneIsRefused() {
        comes(1, "game2", WaitReason.WAIT_REASON_PERSON, "0102");

        assertThat(HeldEdit.of(held(1), new HeldRelease(null, null, null)))
                .isEqualTo(new Edited.Done(null));
        assertThat(HeldEdit.of(held(1), new HeldRelease("ff 00", null, true)))
                .isEqualTo(new Edited.Done(Bytes.ofHex("ff00")));
        assertThat(HeldEdit.of(held(1), new HeldRelease("xy", null, null)))
                .isInstanceOf(Edited.Refused.class);
        assertThat(
                        HeldEdit.of(
                                held(1),
                                new HeldRelease(
                                        null,
                                        List.of(
                                                new HeldRelease.Change(
                                                        "x642.chat.text", "\"hi\"", null)),
                                        null)))
                .isInstanceOfSatisfying(
                        Edited.Refused.class,
                        refused ->
                                assertThat(refused.problems())
                                        .containsExactly(
                                                "edit: set: the bytes are no known message"));
    }
}
