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
import kontor.sessions.v1.HeldReleased;
import kontor.sessions.v1.SessionEvent;
import kontor.sessions.v1.WaitReason;
import kontor.sessions.v1.Waiting;
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
        assertThat(held(2).isOnTheWayOf(held(1))).isTrue();
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
