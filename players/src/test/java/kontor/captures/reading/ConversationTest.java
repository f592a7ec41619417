package kontor.captures.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.function.Function;
import kontor.captures.reading.Connection.Outcome;
import kontor.captures.reading.Deed.Datagram;
import kontor.captures.reading.Deed.Reset;
import kontor.captures.reading.Deed.Wrote;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConversationTest {

    private Conversation joiner;
    private Conversation host;

    @BeforeEach
    void readTheRealCapture() throws Exception {
        Packets packets = Packets.of(LobbyCapture.read());
        joiner = Conversation.of(packets, LobbyCapture.JOINER);
        host = Conversation.of(packets, LobbyCapture.HOST);
    }

    @Test
    void theJoinerOpensOneConnectionAcceptsOneAndIsRefusedOnce() {
        assertThat(joiner.connections())
                .extracting(Connection::openedByGame, Connection::targetPort, Connection::outcome)
                .containsExactly(
                        tuple(false, 2300, Outcome.ESTABLISHED),
                        tuple(true, 47624, Outcome.REFUSED),
                        tuple(true, 2300, Outcome.ESTABLISHED));
    }

    @Test
    void theHostOpensTheFirstConnectionAndAcceptsTheSecond() {
        assertThat(host.connections())
                .extracting(Connection::openedByGame, Connection::targetPort, Connection::outcome)
                .containsExactly(
                        tuple(true, 2300, Outcome.ESTABLISHED),
                        tuple(false, 2300, Outcome.ESTABLISHED));
    }

    @Test
    void eachGameWritesWhatTheCaptureShowsAndOnlyIntoTheConnectionItOpened() {
        assertThat(of(joiner, Wrote.class, w -> w.payload().length()))
                .containsExactly(32, 134, 32, 162, 48, 48, 48, 48);
        assertThat(of(joiner, Wrote.class, Wrote::connection)).containsOnly(2);
        assertThat(of(host, Wrote.class, w -> w.payload().length()))
                .containsExactly(124, 68, 380, 68);
        assertThat(of(host, Wrote.class, Wrote::connection)).containsOnly(0);
    }

    @Test
    void writesHaveTheGamesOwnZerosWhereTheProxyPutItsAddress() {
        assertThat(of(joiner, Wrote.class, w -> w.payload().slice(8, 4).toHex()))
                .containsOnly("00000000");
    }

    @Test
    void datagramsAreTheSearchThePingsAndTheOneMessageOfTheGame() {
        assertThat(of(joiner, Datagram.class, d -> d.payload().length()))
                .containsExactly(52, 36, 36, 36, 36, 36);
        assertThat(of(joiner, Datagram.class, Datagram::gamePort)).startsWith(46130).endsWith(2350);
        assertThat(of(host, Datagram.class, d -> d.payload().length()))
                .containsExactly(52, 36, 36, 36, 36, 36);
    }

    @Test
    void bothSidesTogetherAreAllMessagesOfTheCaptureCountedOnce() {
        // 46 messages of DirectPlay and 2 datagrams of the game are in the capture, all but one of
        // them twice, the last two DELETEPLAYER once in two segments and once in one.
        int written = of(joiner, Wrote.class, w -> w).size() + of(host, Wrote.class, w -> w).size();
        int sent =
                of(joiner, Datagram.class, d -> d).size() + of(host, Datagram.class, d -> d).size();
        assertThat(2 * (written + sent)).isEqualTo(46 + 2);
        assertThat(joiner.ownPayloadBytes()).isEqualTo(552 + 52 + 5 * 36);
        assertThat(host.ownPayloadBytes()).isEqualTo(640 + 52 + 5 * 36);
    }

    @Test
    void eachGameResetsBothConnections() {
        assertThat(of(joiner, Reset.class, Reset::frame)).containsExactly(120, 121);
        assertThat(of(host, Reset.class, Reset::frame)).containsExactly(126, 127);
    }

    private static <D extends Deed, T> List<T> of(
            Conversation conversation, Class<D> kind, Function<D, T> value) {
        return conversation.own().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .map(value)
                .toList();
    }
}
