package kontor.analysis.anno;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kontor.analysis.Captures;
import kontor.analysis.analyzer.Completeness;
import kontor.analysis.analyzer.Message;
import kontor.analysis.analyzer.Route;
import kontor.analysis.analyzer.SessionAnalysis;
import kontor.analysis.analyzer.SessionInput;
import kontor.analysis.dissect.Field;
import kontor.analysis.reassembly.FlowDirection;
import kontor.analysis.reassembly.Span;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams, however they are joined and cut, and what a session tells about its ids. */
class AnnoSessionTest {

    private static final Limits LIMITS = new Limits(100_000, 1000, 4096, 4000);
    private static final Route ROUTE = new Route("game1", "game2");
    private static final FlowDirection DIRECTION = new FlowDirection(1, true);

    private final SessionAnalysis session = new AnnoAnalyzer("test", LIMITS).open(List.of());
    private long sequence;
    private long written;

    @Test
    void joinedMessagesAreFoundWhereverTheStreamIsCut() {
        Bytes joined = Captures.frame(106).payload();
        for (int cut = 1; cut < joined.length(); cut++) {
            AnnoSessionTest fresh = new AnnoSessionTest();
            List<Message> found = new ArrayList<>(fresh.write(joined.slice(0, cut)));
            // A byte more may be the next message's or this one's: another is waited for.
            assertThat(found).hasSize(cut < 48 || cut == 49 ? 0 : 1);
            found.addAll(fresh.write(joined.from(cut)));
            assertThat(found)
                    .extracting(Message::summary)
                    .containsExactly("DELETEPLAYER 0x03492818", "DELETEPLAYER 0x0349281F");
            assertThat(found).extracting(Message::completeness).containsOnly(Completeness.WHOLE);
            assertThat(found.stream().flatMap(m -> m.spans().stream()).mapToInt(Span::length).sum())
                    .isEqualTo(96);
            if (cut < 48) {
                assertThat(found.getFirst().spans())
                        .containsExactly(new Span(1, 0, cut), new Span(2, 0, 48 - cut));
                assertThat(found.getLast().spans()).containsExactly(new Span(2, 48 - cut, 48));
            }
        }
    }

    @Test
    void aMessageThatComesByteByByteIsOneMessage() {
        Bytes message = Captures.frame(58).payload();
        List<Message> found = new ArrayList<>();
        for (int i = 0; i < message.length(); i++) {
            found.addAll(write(message.slice(i, 1)));
        }
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().summary())
                .isEqualTo("SUPERENUMPLAYERSREPLY \"DEBUG\" 3 players, 1 groups");
        assertThat(found.getFirst().spans()).hasSize(380);
    }

    @Test
    void aStreamThatEndsInAMessageLeavesATruncatedOne() {
        Bytes message = Captures.frame(45).payload();
        assertThat(write(message.slice(0, 100))).isEmpty();
        List<Message> cut = session.on(new SessionInput.StreamEnded(9, DIRECTION));
        assertThat(cut).hasSize(1);
        assertThat(cut.getFirst().type()).isEqualTo("CREATEPLAYER");
        assertThat(cut.getFirst().completeness()).isEqualTo(Completeness.TRUNCATED);
        assertThat(cut.getFirst().problem()).hasValue("the stream ended after 100 of 162 bytes");
        assertThat(cut.getFirst().spans()).containsExactly(new Span(1, 0, 100));
        assertThat(session.on(new SessionInput.SessionEnded(10))).isEmpty();
    }

    @Test
    void aResetAndASessionsEndCutStreamsToo() {
        write(Captures.frame(45).payload().slice(0, 50));
        assertThat(session.on(new SessionInput.FlowBroken(5, 1))).hasSize(1);
        written = 0;
        write(Captures.frame(45).payload().slice(0, 50));
        assertThat(session.on(new SessionInput.SessionEnded(6))).hasSize(1);
    }

    @Test
    void aStreamOfAnotherProtocolIsSkippedAndThenGivenUp() {
        List<Message> found = write(Bytes.copyOf("GET / HTTP/1.1\r\n".getBytes(US_ASCII)));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().protocol()).isEqualTo("data");
        assertThat(found.getFirst().completeness()).isEqualTo(Completeness.UNKNOWN);
        assertThat(found.getFirst().problem()).hasValue("0x205 is no DirectPlay token");
        Bytes line = Bytes.copyOf("Host: x\r\n".getBytes(US_ASCII));
        // The last bytes of an event may be the first ones of a header.
        assertThat(write(line)).extracting(Message::summary).containsExactly("SKIPPED 9 bytes");
        write(Bytes.owning(new byte[4096]));
        // Behind the bound, event by event.
        assertThat(write(line)).extracting(Message::summary).containsExactly("STREAM 9 bytes");
        assertThat(write(line)).extracting(Message::summary).containsExactly("STREAM 9 bytes");
        assertThat(session.on(new SessionInput.StreamEnded(9, DIRECTION))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 19})
    void aSizeBelowAHeaderIsNoMessage(int size) {
        write(header(size));
        List<Message> found = session.on(new SessionInput.StreamEnded(9, DIRECTION));
        assertThat(found).extracting(Message::protocol).containsOnly("data");
    }

    @Test
    void aMessageLargerThanIsHeldIsSkipped() {
        assertThat(write(header(100_001))).extracting(Message::protocol).containsExactly("data");
    }

    @Test
    void aMessageInTooManyEventsIsSkipped() {
        List<Message> found = new ArrayList<>(write(header(50_000)));
        IntStream.range(0, 999).forEach(_ -> found.addAll(write(Bytes.copyOf((byte) 1))));
        assertThat(found).extracting(Message::protocol).containsOnly("data");
        assertThat(found.getFirst().problem()).hasValue("a message is spread over too many events");
    }

    @Test
    void missingBytesCutTheMessageAndTheNextOneIsFound() {
        Bytes message = Captures.frame(45).payload();
        write(message.slice(0, 100));
        written += 62;
        List<Message> found = write(message);
        assertThat(found)
                .extracting(Message::completeness)
                .containsExactly(Completeness.TRUNCATED, Completeness.WHOLE);
    }

    @Test
    void bytesThatCameBeforeAreNotReadTwice() {
        Bytes message = Captures.frame(45).payload();
        write(message.slice(0, 100));
        written -= 20;
        List<Message> found = write(message.from(80));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().spans())
                .containsExactly(new Span(1, 0, 100), new Span(2, 20, 62));
    }

    @Test
    void theKeyOfTheSessionExplainsLaterIdsAndThoseOfTheMessageThatTellsIt() {
        Message reply = write(Captures.frame(58).payload()).getFirst();
        assertThat(
                        reply.fields().stream()
                                .flatMap(kontor.analysis.dissect.Field::flatten)
                                .filter(field -> field.name().equals("dplay.id.index")))
                .isNotEmpty();
        Message table = datagram(Captures.samples().getFirst().bytes());
        assertThat(table.protocol()).isEqualTo("x642");
        assertThat(table.summary())
                .isEqualTo("PLAYERTABLE 2 players, 0: 0x03492818 (4, 1), 1: \"TheHost\"");
    }

    @Test
    void aDatagramIsAPlayerMessageOnlyWhereItsSenderCanBeAPlayer() {
        Bytes stranger = Bytes.ofHex("0102030405060708090a0b0c");
        Bytes player = Bytes.ofHex("1e2849031d284903" + "ffff");
        assertThat(datagram(stranger).protocol()).isEqualTo("data");
        assertThat(datagram(player).protocol()).isEqualTo("data");
        write(Captures.frame(5).payload());
        assertThat(datagram(stranger).protocol()).isEqualTo("data");
        Message message = datagram(player);
        assertThat(message.protocol()).isEqualTo("dplay");
        assertThat(message.summary())
                .isEqualTo("PLAYERMESSAGE 0x0349281E (2, 1) to 0x0349281D (1, 1), 2 bytes");
    }

    @Test
    void anEmptyDatagramIsAMessageToo() {
        Message empty = datagram(Bytes.empty());
        assertThat(empty.protocol()).isEqualTo("data");
        assertThat(empty.summary()).isEqualTo("DATAGRAM 0 bytes");
        assertThat(empty.spans()).containsExactly(new Span(1, 0, 0));
    }

    @Test
    void aGuaranteedPlayerMessageOnTcpHoldsTheGamesOwn() {
        Bytes inner = Captures.samples().get(2).bytes();
        Bytes header = header(20 + inner.length());
        Message message = write(header.plus(inner)).getFirst();
        assertThat(message.protocol()).isEqualTo("x642");
        assertThat(message.summary()).isEqualTo("VALUES tax rate of level 0 0x44");
    }

    private static Bytes header(int size) {
        int word = 0xFAB << 20 | size;
        return Bytes.ofHex("%08x".formatted(Integer.reverseBytes(word)))
                .plus(Bytes.ofHex("020008fc000000000000000000000000"));
    }

    private List<Message> write(Bytes payload) {
        sequence++;
        long offset = written;
        written += payload.length();
        return session.on(data(sequence, offset, payload));
    }

    static SessionInput data(long sequence, long offset, Bytes payload) {
        return new SessionInput.StreamData(sequence, DIRECTION, null, ROUTE, offset, payload);
    }

    @Test
    void namesOfKnownPlayersStandInPlaceOfTheirIds() {
        write(Captures.frame(58).payload());
        write(Captures.frame(45).payload());
        Message group = write(Captures.frame(47).payload()).getFirst();
        assertThat(group.summary()).isEqualTo("ADDPLAYERTOGROUP \"TheClient\" in \"DEBUG\"");
        Field player =
                group.fields().stream()
                        .flatMap(Field::flatten)
                        .filter(field -> field.name().equals("dplay.multi.player_id"))
                        .findFirst()
                        .orElseThrow();
        assertThat(player.display()).isEqualTo("0x03492818 (4, 1) \"TheClient\"");
    }

    private Message datagram(Bytes payload) {
        sequence++;
        List<Message> found = session.on(new SessionInput.Datagram(sequence, 2, ROUTE, payload));
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
