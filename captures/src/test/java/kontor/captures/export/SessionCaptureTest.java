package kontor.captures.export;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static kontor.captures.export.Recorded.GAME1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kontor.captures.export.RecordedEvent.Range;
import kontor.captures.reading.Capture;
import kontor.captures.reading.CaptureException;
import kontor.captures.reading.CaptureInterface;
import kontor.captures.reading.Conversation;
import kontor.captures.reading.Deed;
import kontor.captures.reading.Packet;
import kontor.captures.reading.Packets;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCaptureTest {

    private static Bytes bytes(String text) {
        return Bytes.owning(text.getBytes(US_ASCII));
    }

    private static List<String> payloads(Capture capture) {
        return Packets.of(capture).all().stream()
                .flatMap(packet ->
                        switch (packet) {
                            case Packet.Tcp tcp -> Stream.of(tcp.payload());
                            case Packet.Udp udp -> Stream.of(udp.payload());
                            case Packet.Other _ -> Stream.<Bytes>empty();
                        })
                .filter(payload -> !payload.isEmpty())
                .map(payload -> new String(payload.toByteArray(), US_ASCII))
                .toList();
    }

    @Test
    void givesEachInstanceAnInterfaceWithTheFlowsThatItsGameOpened() throws CaptureException {
        Capture capture =
                new Recorded()
                        .opened(Recorded.tcp(1))
                        .wrote(Recorded.tcp(1), true, bytes("hello"), new Range(0, 5))
                        .wrote(Recorded.tcp(1), false, bytes("you"), new Range(0, 3))
                        .sent(
                                Recorded.flow(
                                        2,
                                        false,
                                        "game2",
                                        Recorded.end("127.2.0.2", 2350),
                                        "game1",
                                        Recorded.end("127.2.0.1", 2350)),
                                true,
                                bytes("ping"))
                        .capture();

        assertThat(capture.interfaces())
                .extracting(CaptureInterface::name)
                .containsExactly("game1", "game2");
        assertThat(capture.frames())
                .extracting(frame -> frame.interfaceId())
                .containsExactly(0, 0, 0, 0, 0, 1);
        assertThat(payloads(capture)).containsExactly("hello", "you", "ping");
    }

    @Test
    void readsBackAsTheConversationThatItWas() throws CaptureException {
        Capture capture =
                new Recorded()
                        .opened(Recorded.tcp(1))
                        .wrote(Recorded.tcp(1), true, bytes("first "))
                        .wrote(Recorded.tcp(1), false, bytes("answer"))
                        .wrote(Recorded.tcp(1), true, bytes("second"))
                        .said("flow_half_closed", Recorded.tcp(1), true)
                        .said("flow_reset", Recorded.tcp(1), false)
                        .capture();
        Conversation game1 = Conversation.of(Packets.of(capture), GAME1.getAddress());

        assertThat(written(game1.own())).isEqualTo("first second");
        assertThat(written(game1.peers())).isEqualTo("answer");
        assertThat(game1.own()).anyMatch(Deed.Finished.class::isInstance);
        assertThat(game1.peers()).anyMatch(Deed.Reset.class::isInstance);
        assertThat(game1.connections()).allMatch(c -> c.holes().isEmpty());
    }

    private static String written(List<Deed> deeds) {
        StringBuilder all = new StringBuilder();
        for (Deed deed : deeds) {
            if (deed instanceof Deed.Wrote wrote) {
                all.append(new String(wrote.payload().toByteArray(), US_ASCII));
            }
        }
        return all.toString();
    }

    /**
     * Three messages, glued and cut at random: each is in one segment, whatever the events were.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void putsEachMessageIntoOneSegment(long seed) throws CaptureException {
        List<String> messages = List.of("alpha", "be", "gamma-gamma", "d", "epsilon");
        String stream = String.join("", messages);
        Random random = new Random(seed);
        Recorded recorded = new Recorded().opened(Recorded.tcp(1));
        int at = 0;
        while (at < stream.length()) {
            int until = Math.min(stream.length(), at + 1 + random.nextInt(9));
            recorded.wrote(
                    Recorded.tcp(1),
                    true,
                    bytes(stream.substring(at, until)),
                    whole(messages, at, until));
            at = until;
        }

        assertThat(payloads(recorded.capture())).isEqualTo(messages);
    }

    /** Messages that end between two places of the stream, as ranges of the bytes there. */
    private static Range[] whole(List<String> messages, int from, int until) {
        List<Range> found = new ArrayList<>();
        int at = 0;
        for (String message : messages) {
            int end = at + message.length();
            if (end > from && end <= until) {
                found.add(new Range(Math.max(0, at - from), end - from));
            }
            at = end;
        }
        return found.toArray(Range[]::new);
    }

    @Test
    void holdsNothingBackWhereNobodyWillSayWhereMessagesEnd() throws CaptureException {
        Capture capture =
                new Recorded()
                        .notAnalysed()
                        .opened(Recorded.tcp(1))
                        .wrote(Recorded.tcp(1), true, bytes("half "))
                        .wrote(Recorded.tcp(1), true, bytes("other"))
                        .capture();

        assertThat(payloads(capture)).containsExactly("half ", "other");
    }

    @Test
    void givesOutWhatIsLeftOfAMessageThatNeverBecameWhole() throws CaptureException {
        Recorded recorded =
                new Recorded()
                        .opened(Recorded.tcp(1))
                        .wrote(Recorded.tcp(1), true, bytes("begun"))
                        .said("flow_reset", Recorded.tcp(1), true);
        assertThat(payloads(recorded.capture())).containsExactly("begun");
        recorded.events.removeLast();
        assertThat(payloads(recorded.capture())).containsExactly("begun");
    }

    @Test
    void neverHoldsMoreThanAMessageCanHave() throws CaptureException {
        Recorded recorded = new Recorded().opened(Recorded.tcp(1));
        Bytes much = Bytes.owning(new byte[400_000]);
        for (int i = 0; i < 10; i++) {
            recorded.wrote(Recorded.tcp(1), true, much);
        }
        SessionCapture capture = new SessionCapture("Kontor", "", List.of());
        long taken = 0;
        long given = 0;
        for (RecordedEvent event : recorded.events) {
            capture.on(event);
            given += event.payload().length();
            taken += capture.take().length();
            assertThat(given - taken).isLessThanOrEqualTo(HeldBytes.MOST_HELD);
        }
    }

    @Test
    void showsOriginalAndDeliveredWhereTheyDiffer() throws CaptureException {
        Capture capture =
                new Recorded()
                        .opened(Recorded.tcp(1))
                        .event(
                                "flow_data",
                                Recorded.tcp(1),
                                true,
                                "mutated",
                                "rule 7",
                                0,
                                bytes("gold=1"),
                                bytes("gold=1000"),
                                List.of(new Range(0, 6)))
                        .wrote(Recorded.tcp(1), true, bytes("!"), new Range(0, 1))
                        .event(
                                "datagram",
                                Recorded.udp(2),
                                true,
                                "mutated",
                                "",
                                -1,
                                bytes("a"),
                                bytes("b"),
                                List.of())
                        .capture();

        assertThat(payloads(capture)).containsExactly("gold=1", "gold=1000", "!", "a", "b");
        assertThat(capture.frames().getLast().interfaceId()).isEqualTo(1);
    }

    @Test
    void showsWhatEachReceiverWasToldOnItsOwnInterface() throws CaptureException {
        RecordedFlow toAll =
                Recorded.flow(1, false, "game1", GAME1, "", Recorded.end("127.1.0.255", 47624));
        Capture capture =
                new Recorded()
                        .event(
                                "datagram",
                                toAll,
                                true,
                                "mutated",
                                "hello, addresses",
                                -1,
                                bytes("chat"),
                                null,
                                List.of())
                        .told(
                                new RecordedEvent.Told("game2", bytes("hello"), 2),
                                new RecordedEvent.Told("game3", bytes("CHAT"), 1))
                        .capture();

        assertThat(payloads(capture)).containsExactly("chat", "hello", "hello", "CHAT");
        assertThat(capture.frames())
                .extracting(frame -> capture.interfaces().get(frame.interfaceId()).name())
                .containsExactly("game1", "game2", "game2", "game3");
    }

    @Test
    void showsWhatWasHeldBackOfAStreamBeforeItsEnd() throws CaptureException {
        Capture capture =
                new Recorded()
                        .opened(Recorded.tcp(1))
                        .event(
                                "flow_data",
                                Recorded.tcp(1),
                                true,
                                "mutated",
                                "",
                                0,
                                bytes("ab"),
                                bytes("a"),
                                List.of(new Range(0, 2)))
                        .said("flow_half_closed", Recorded.tcp(1), true)
                        .told(new RecordedEvent.Told("game2", bytes("b"), 1))
                        .capture();

        assertThat(payloads(capture)).containsExactly("ab", "a", "b");
    }

    @Test
    void leavesOutWhatIsNotWantedButNotTheRestOfAMessage() throws CaptureException {
        Recorded recorded = new Recorded().wanted(false).opened(Recorded.tcp(1));
        recorded.wrote(Recorded.tcp(1), true, bytes("no"), new Range(0, 2));
        recorded.wrote(Recorded.tcp(1), true, bytes("y"));
        recorded.wanted(true).wrote(Recorded.tcp(1), true, bytes("es"), new Range(0, 2));
        recorded.wanted(false).sent(Recorded.udp(2), true, bytes("no"));

        assertThat(payloads(recorded.capture())).containsExactly("yes");
    }

    @Test
    void losesNoNoteAlsoBehindTheLastPacket() {
        Bytes file =
                new Recorded()
                        .noted("marker: begin")
                        .sent(Recorded.udp(1), true, bytes("x"))
                        .noted("marker: end")
                        .event(
                                "session_ended",
                                null,
                                false,
                                "observed",
                                "",
                                -1,
                                Bytes.empty(),
                                null,
                                List.of())
                        .file();

        String text = new String(file.toByteArray(), US_ASCII);
        assertThat(text).contains("marker: begin").contains("marker: end");
    }
}
