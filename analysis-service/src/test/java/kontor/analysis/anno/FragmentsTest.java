package kontor.analysis.anno;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kontor.analysis.analyzer.Completeness;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.Route;
import kontor.analysis.analyzer.SessionAnalysis;
import kontor.analysis.analyzer.SessionInput;
import kontor.analysis.reassembly.Span;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PACKET and PACKET2_DATA: long messages in pieces. */
class FragmentsTest {

    private static final int DATA_AT = 68;
    private static final Bytes PING = SampleMessages.system("16", "1c284903" + "2a000000");

    private SessionAnalysis session =
            new AnnoAnalyzer("test", new Limits(1000, 100, 1000, 4000)).open(List.of());
    private final List<Bytes> events = new ArrayList<>();

    /** With its header, from "play" on, and a player message of the game. */
    static Stream<Bytes> wholes() {
        Bytes defocus = Bytes.ofHex("1e2849031d284903" + "d1070000" + "08000000");
        return Stream.of(PING, PING.from(20), defocus);
    }

    @ParameterizedTest
    @MethodSource("wholes")
    void pieceByPieceInAnyOrderTheWholeIsAMessage(Bytes whole) {
        Random random = new Random(1602);
        for (int size = 1; size <= whole.length(); size++) {
            session = new AnnoAnalyzer("test", Streams.LIMITS).open(List.of());
            events.clear();
            List<Bytes> pieces = pieces(whole, size, size);
            Collections.shuffle(pieces, random);
            List<Message> found = new ArrayList<>();
            pieces.forEach(piece -> found.addAll(datagram(piece, "game1")));
            assertThat(found).hasSize(pieces.size() + 1);
            Message last = found.getLast();
            assertThat(last.isReassembled()).isTrue();
            assertThat(last.type()).isIn("PING", "DEFOCUS");
            assertThat(last.completeness()).isEqualTo(Completeness.WHOLE);
            assertThat(bytesOf(last)).isEqualTo(whole);
            assertThat(found.subList(0, pieces.size())).noneMatch(Message::isReassembled);
        }
    }

    @Test
    void piecesOnTcpAreJoinedToo() {
        Streams stream = new Streams().writeAll(pieces(PING, 10, 1));
        assertThat(stream.messages().getLast().type()).isEqualTo("PING");
        assertThat(stream.messages().getLast().isReassembled()).isTrue();
    }

    @Test
    void resentPiecesChangeNothing() {
        List<Bytes> pieces = pieces(PING, 20, 1);
        assertThat(datagram(pieces.getFirst(), "game1")).hasSize(1);
        assertThat(datagram(pieces.getFirst(), "game1")).hasSize(1);
        assertThat(datagram(pieces.getLast(), "game1")).hasSize(2);
        assertThat(datagram(pieces.getLast(), "game1")).hasSize(1);
        assertThat(datagram(pieces.getFirst(), "game1")).hasSize(1);
    }

    @Test
    void piecesOfSeveralMessagesAndSendersAreNotMixed() {
        List<Bytes> one = pieces(PING, 20, 1);
        List<Bytes> other = pieces(SampleMessages.system("17", "1c284903" + "2b000000"), 20, 2);
        datagram(one.getFirst(), "game1");
        datagram(other.getFirst(), "game1");
        assertThat(datagram(one.getLast(), "game2")).hasSize(1);
        assertThat(datagram(other.getLast(), "game1").getLast().type()).isEqualTo("PINGREPLY");
        assertThat(datagram(one.getLast(), "game1").getLast().type()).isEqualTo("PING");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 0x7FFFFFFF})
    void piecesThatDoNotFitAreShownAndNoMore(int offset) {
        Bytes piece = piece(1, 0, offset, 36, PING.slice(0, 20), 20);
        assertThat(datagram(piece, "game1")).hasSize(1);
        Bytes overlapping = piece(1, 1, offset + 10, 36, PING.slice(0, 20), 20);
        assertThat(datagram(overlapping, "game1")).hasSize(1);
    }

    @Test
    void whatIsHeldIsBounded() {
        // A thousand messages of 900 bytes that never become whole: 2,000 bytes are held.
        IntStream.range(0, 1000)
                .forEach(i ->
                        datagram(piece(i, 0, 0, 900, Bytes.owning(new byte[800]), 800), "game1"));
        // The newest are still there, the oldest are forgotten.
        assertThat(datagram(last(999), "game1")).hasSize(2);
        assertThat(datagram(last(0), "game1")).hasSize(1);
    }

    private static Bytes last(int number) {
        return piece(number, 1, 800, 900, Bytes.owning(new byte[100]), 100);
    }

    private List<Message> datagram(Bytes payload, String from) {
        events.add(payload);
        return session.on(
                new SessionInput.Datagram(events.size(), 2, new Route(from, "game9"), payload));
    }

    private Bytes bytesOf(Message message) {
        Bytes bytes = Bytes.empty();
        for (Span span : message.spans()) {
            Bytes event = events.get((int) span.sessionSequence() - 1);
            bytes = bytes.plus(event.slice(span.offset(), span.length()));
        }
        return bytes;
    }

    private static List<Bytes> pieces(Bytes whole, int size, int message) {
        List<Bytes> pieces = new ArrayList<>();
        for (int at = 0; at < whole.length(); at += size) {
            int length = Math.min(size, whole.length() - at);
            Bytes data = whole.slice(at, length);
            pieces.add(piece(message, at / size, at, whole.length(), data, length));
        }
        return pieces;
    }

    private static Bytes piece(
            int message, int number, int offset, int whole, Bytes data, int length) {
        return SampleMessages.system(
                number % 2 == 0 ? "15" : "30",
                word(message)
                        + "00".repeat(12)
                        + word(number)
                        + word(length)
                        + word(offset)
                        + word(0)
                        + word(whole)
                        + word(DATA_AT - 20)
                        + data.toHex());
    }

    private static String word(int value) {
        return "%08x".formatted(Integer.reverseBytes(value));
    }
}
