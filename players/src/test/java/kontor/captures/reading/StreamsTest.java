package kontor.captures.reading;

import static java.util.Objects.requireNonNull;
import static kontor.captures.reading.CaptureBuilder.ACK;
import static kontor.captures.reading.CaptureBuilder.RST;
import static kontor.captures.reading.CaptureBuilder.bytes;
import static kontor.captures.reading.Dialogue.FROM;
import static kontor.captures.reading.Dialogue.TO;
import static kontor.captures.reading.Dialogue.written;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import kontor.captures.reading.Connection.Beginning;
import kontor.captures.reading.Connection.Contradiction;
import kontor.captures.reading.Connection.Hole;
import kontor.captures.reading.Connection.Outcome;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of captures that lack something, or have it in another order. */
class StreamsTest {

    private static final int OURS = -9;
    private static final int THEIRS = 5001;

    @Test
    void aWholeConnectionIsWholeThoughItsNumbersWrapAround() {
        Conversation opener = opener(Dialogue.whole().capture());

        assertThat(written(opener)).isEqualTo("first second third!");
        assertThat(only(opener).beginning()).isEqualTo(Beginning.WHOLE);
        assertThat(only(opener).holes()).isEmpty();
        assertThat(written(target(Dialogue.whole().capture()))).isEqualTo("answer");
    }

    @Test
    void aMissingSegmentEndsTheStreamAtItsPlace() {
        Capture capture = Dialogue.whole().without(Dialogue.FRAME_OF_SECOND);

        Conversation opener = opener(capture);
        assertThat(written(opener)).isEqualTo("first ");
        // " third!" was frame 10 and is frame 9 now.
        assertThat(only(opener).holes()).containsExactly(new Hole(true, 6, 6, 9, 7));
        assertThat(opener.own()).noneMatch(deed -> deed instanceof Deed.Finished);
        // The other direction is whole.
        assertThat(written(target(capture))).isEqualTo("answer");
        assertThat(only(target(capture)).holes()).containsExactly(new Hole(false, 6, 6, 9, 7));
    }

    @Test
    void aMissingSegmentAtTheEndShowsByTheEndAndByWhatIsAcknowledged() {
        Capture withFin = Dialogue.whole().without(Dialogue.FRAME_OF_THIRD);
        assertThat(written(opener(withFin))).isEqualTo("first second");
        assertThat(only(opener(withFin)).holes()).containsExactly(new Hole(true, 12, 7, 11, 0));

        // Without the FIN: only the other's acknowledgement (frame 11, now 10) knows of it.
        Capture withoutFin = Dialogue.whole().without(Dialogue.FRAME_OF_THIRD, 12, 13, 14);
        assertThat(only(opener(withoutFin)).holes()).containsExactly(new Hole(true, 12, 7, 10, 0));
    }

    @Test
    void anEndThatIsMissingIsAHole() {
        // FIN of the opener, which the target acknowledged by its own.
        assertThat(only(opener(Dialogue.whole().without(12))).holes())
                .containsExactly(new Hole(true, 19, 1, 12, 0));
    }

    @Test
    void aCutSegmentEndsTheStreamBehindItsFirstBytes() {
        CaptureBuilder cut = Dialogue.in(new CaptureBuilder().cutTo(14 + 20 + 20 + 4));

        Conversation opener = opener(cut.capture());
        assertThat(written(opener)).isEqualTo("firs");
        // Of 6, 6 and 7 bytes 4 are there, each; of the 6 of the answer, too.
        assertThat(only(opener).holes())
                .containsExactly(new Hole(true, 4, 7, 6, 8), new Hole(false, 4, 2, 8, 0));
        assertThat(kind(opener, 4)).isEqualTo(FrameRole.Kind.CUT);
        assertThat(kind(opener, 10)).isEqualTo(FrameRole.Kind.CUT);
    }

    @Test
    void withoutSynTheConnectionIsPlayedFromItsFirstByte() {
        Capture capture = Dialogue.whole().without(Dialogue.FRAME_OF_SYN);

        assertThat(written(opener(capture))).isEqualTo("first second third!");
        assertThat(only(opener(capture)).openedByGame()).isTrue();
        assertThat(only(opener(capture)).outcome()).isEqualTo(Outcome.ESTABLISHED);
        assertThat(only(opener(capture)).beginning()).isEqualTo(Beginning.HALF);
        assertThat(only(target(capture)).openedByGame()).isFalse();
        assertThat(written(target(capture))).isEqualTo("answer");
    }

    @Test
    void withoutSynAckTheConnectionIsPlayedFromItsFirstByte() {
        Capture capture = Dialogue.whole().without(Dialogue.FRAME_OF_SYN_ACK);

        assertThat(written(opener(capture))).isEqualTo("first second third!");
        assertThat(only(opener(capture)).outcome()).isEqualTo(Outcome.ESTABLISHED);
        assertThat(only(opener(capture)).beginning()).isEqualTo(Beginning.HALF);
        assertThat(written(target(capture))).isEqualTo("answer");
    }

    @Test
    void withoutAnyHandshakeTheConnectionIsPlayedFromItsFirstCapturedByte() {
        Capture capture = Dialogue.whole().without(1, 2, 3, 4);

        Conversation opener = opener(capture);
        assertThat(written(opener)).isEqualTo("second third!");
        assertThat(only(opener).openedByGame()).isTrue();
        assertThat(only(opener).beginning()).isEqualTo(Beginning.MISSING);
        assertThat(only(opener).holes()).isEmpty();
        assertThat(opener.own().getFirst()).isInstanceOf(Deed.Opened.class);
        Conversation target = target(capture);
        assertThat(only(target).openedByGame()).isFalse();
        assertThat(written(target)).isEqualTo("answer");
    }

    @Test
    void whoOpenedAConnectionWithoutHandshakeShowsByOtherConnectionsToo() {
        Capture all = Dialogue.in(Dialogue.whole(), 777, "SECOND").capture();
        List<Integer> order = IntStream.rangeClosed(5, all.frames().size()).boxed().toList();
        Capture capture = Dialogue.in(Dialogue.whole(), 777, "SECOND").reordered(order);

        Conversation opener = Conversation.of(Packets.of(capture), Dialogue.OPENER);
        assertThat(opener.connections()).hasSize(2).allMatch(Connection::openedByGame);
    }

    @Test
    void onlyTheRestOfAConnectionIsNoConnection() {
        Capture rest = Dialogue.whole().without(IntStream.rangeClosed(1, 11).toArray());
        assertThat(only(opener(rest)).outcome()).isEqualTo(Outcome.ONLY_ITS_REST);
        assertThat(opener(rest).own()).allMatch(deed -> deed instanceof Deed.Datagram);
    }

    @Test
    void aSynAckBeforeItsSynIsTheSameConnection() {
        List<Integer> order = new ArrayList<>(IntStream.rangeClosed(1, 16).boxed().toList());
        Collections.swap(order, 0, 1);
        Capture capture = Dialogue.whole().reordered(order);

        Conversation opener = opener(capture);
        assertThat(only(opener).beginning()).isEqualTo(Beginning.WHOLE);
        assertThat(only(opener).openedByGame()).isTrue();
        assertThat(written(opener)).isEqualTo("first second third!");
        assertThat(opener.own().stream().filter(d -> d instanceof Deed.Opened)).hasSize(1);
        assertThat(only(target(capture)).openedByGame()).isFalse();
    }

    @Test
    void segmentsInAnyOrderAreTheSameStream() {
        List<Integer> order = List.of(1, 2, 3, 10, 6, 4, 5, 7, 8, 9, 11, 12, 13, 14, 15, 16);
        assertThat(written(opener(Dialogue.whole().reordered(order))))
                .isEqualTo("first second third!");
        assertThat(only(opener(Dialogue.whole().reordered(order))).holes()).isEmpty();
    }

    @Test
    void dataCapturedBeforeTheHandshakeIsOfTheSameConnection() {
        List<Integer> order = List.of(4, 2, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
        Conversation opener = opener(Dialogue.whole().reordered(order));

        assertThat(only(opener).beginning()).isEqualTo(Beginning.WHOLE);
        assertThat(written(opener)).isEqualTo("first second third!");
    }

    @Test
    void whatIsSentAgainCountsOnceAndWithOtherBytesItIsAContradiction() {
        CaptureBuilder capture = Dialogue.whole();
        capture.tcp(FROM, TO, OURS + 6, THEIRS, ACK, bytes("second"));
        assertThat(only(opener(capture.capture())).contradictions()).isEmpty();
        assertThat(kind(opener(capture.capture()), 17)).isEqualTo(FrameRole.Kind.AGAIN);

        capture.tcp(FROM, TO, OURS + 6, THEIRS, ACK, bytes("secret"));
        assertThat(only(opener(capture.capture())).contradictions())
                .containsExactly(new Contradiction(true, 9, 18, 6));
        assertThat(written(opener(capture.capture()))).isEqualTo("first second third!");
    }

    @Test
    void anOverlapWithOtherBytesIsAContradictionEvenBeforeItsTurn() {
        CaptureBuilder capture = new CaptureBuilder();
        handshake(capture);
        capture.tcp(FROM, TO, OURS + 3, THEIRS, ACK, bytes("defg"));
        capture.tcp(FROM, TO, OURS, THEIRS, ACK, bytes("abcdXf"));

        Conversation opener = opener(capture.capture());
        assertThat(written(opener)).isEqualTo("abcdefg");
        assertThat(only(opener).contradictions()).containsExactly(new Contradiction(true, 4, 5, 4));
    }

    @Test
    void keepAlivesAreNothing() {
        CaptureBuilder capture = new CaptureBuilder();
        handshake(capture);
        capture.tcp(FROM, TO, OURS - 1, THEIRS, ACK, bytes("\0"));
        capture.tcp(FROM, TO, OURS, THEIRS, ACK, bytes("abc"));
        capture.tcp(FROM, TO, OURS + 2, THEIRS, ACK, bytes("\0"));
        capture.tcp(FROM, TO, OURS + 2, THEIRS, ACK, Bytes.empty());
        capture.tcp(FROM, TO, OURS + 3, THEIRS, ACK, bytes("def"));

        Conversation opener = opener(capture.capture());
        assertThat(written(opener)).isEqualTo("abcdef");
        assertThat(only(opener).contradictions()).isEmpty();
        assertThat(only(opener).holes()).isEmpty();
    }

    @Test
    void aNewConnectionOnTheSamePortsIsAnother() {
        CaptureBuilder capture = Dialogue.whole();
        Dialogue.in(capture, 777, "SECOND");
        Conversation opener = opener(capture.capture());

        assertThat(opener.connections()).hasSize(2);
        assertThat(written(opener)).isEqualTo("first second third!first SECOND third!");
        assertThat(opener.connections()).allMatch(c -> c.holes().isEmpty());
    }

    @Test
    void aRefusalIsNoHole() {
        CaptureBuilder capture = new CaptureBuilder();
        capture.tcp(FROM, TO, OURS - 1, 0, CaptureBuilder.SYN, Bytes.empty());
        capture.tcp(TO, FROM, 0, OURS, RST | ACK, Bytes.empty());

        Conversation target = target(capture.capture());
        assertThat(only(target).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(only(target).holes()).isEmpty();
        assertThat(only(target).beginning()).isEqualTo(Beginning.WHOLE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPacketOnTwoInterfacesIsThereOnce(boolean reverse) {
        CaptureBuilder capture = Dialogue.whole();
        capture.on(LinkType.RAW, ip -> ip);
        Dialogue.in(capture);
        Capture both = capture.capture();
        if (reverse) {
            List<Integer> order = new ArrayList<>(IntStream.rangeClosed(1, 32).boxed().toList());
            Collections.rotate(order, 16);
            both = capture.reordered(order);
        }
        Conversation opener = opener(both);
        assertThat(written(opener)).isEqualTo("first second third!");
        assertThat(opener.roles().values())
                .filteredOn(role -> role.kind() == FrameRole.Kind.COPY)
                .hasSize(16);
    }

    @Test
    void eachDirectionMayHaveAnInterfaceOfItsOwn() {
        CaptureBuilder capture = new CaptureBuilder();
        capture.udp(FROM, TO, bytes("there"));
        capture.on(LinkType.RAW, ip -> ip);
        capture.udp(TO, FROM, bytes("back"));

        assertThat(opener(capture.capture()).own()).hasSize(1);
        assertThat(opener(capture.capture()).peers()).hasSize(1);
        assertThat(target(capture.capture()).peers()).hasSize(1);
    }

    private static void handshake(CaptureBuilder capture) {
        capture.tcp(FROM, TO, OURS - 1, 0, CaptureBuilder.SYN, Bytes.empty());
        capture.tcp(TO, FROM, THEIRS - 1, OURS, CaptureBuilder.SYN | ACK, Bytes.empty());
        capture.tcp(FROM, TO, OURS, THEIRS, ACK, Bytes.empty());
    }

    private static Conversation opener(Capture capture) {
        return Conversation.of(Packets.of(capture), Dialogue.OPENER, port -> port == 2300);
    }

    private static Conversation target(Capture capture) {
        return Conversation.of(Packets.of(capture), Dialogue.TARGET, port -> port == 2300);
    }

    private static FrameRole.Kind kind(Conversation conversation, int frame) {
        return requireNonNull(conversation.roles().get(frame)).kind();
    }

    private static Connection only(Conversation conversation) {
        assertThat(conversation.connections()).hasSize(1);
        return conversation.connections().getFirst();
    }
}
