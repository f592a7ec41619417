package kontor.players.directplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.InetAddress;
import java.util.List;
import kontor.captures.reading.Conversation;
import kontor.captures.reading.Deed;
import kontor.captures.reading.LobbyCapture;
import kontor.captures.reading.Packets;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our messages, made from the same names and ids, are byte for byte those of the real games. */
class SystemMessagesTest {

    private static final InetAddress ANY = InetAddress.ofLiteral("0.0.0.0");
    private static final SystemMessages MESSAGES = new SystemMessages(2300);

    private static final int KEY = 0x0348281C;
    private static final SessionDescription SESSION =
            new SessionDescription(Bytes.ofHex("f11a4be5229dda45b7afbfa89735b5af"), 2, 1, KEY);
    private static final int HOST_SYSTEM = SESSION.id(1, 0);
    private static final int GROUP = SESSION.id(1, 1);
    private static final int HOST_PLAYER = SESSION.id(1, 2);
    private static final int JOINER_SYSTEM = SESSION.id(1, 3);
    private static final int JOINER_PLAYER = SESSION.id(1, 4);

    private List<Bytes> joiner;
    private List<Bytes> host;
    private List<Bytes> joinerDatagrams;
    private List<Bytes> hostDatagrams;

    @BeforeEach
    void readTheRealCapture() throws Exception {
        Conversation c = Conversation.of(Packets.of(LobbyCapture.read()), LobbyCapture.JOINER);
        Conversation h = Conversation.of(Packets.of(LobbyCapture.read()), LobbyCapture.HOST);
        joiner = written(c);
        host = written(h);
        joinerDatagrams = datagrams(c);
        hostDatagrams = datagrams(h);
    }

    @Test
    void theSearchAndItsAnswer() {
        assertThat(MESSAGES.enumSessions()).isEqualTo(joinerDatagrams.getFirst());
        assertThat(hex(MESSAGES.enumSessionsReply(SESSION, "DEBUG"))).isEqualTo(hex(host.get(0)));
    }

    @Test
    void theRequestsForIdsAndTheirAnswers() {
        assertThat(hex(MESSAGES.requestPlayerId(true))).isEqualTo(hex(joiner.get(0)));
        assertThat(hex(MESSAGES.requestPlayerId(false))).isEqualTo(hex(joiner.get(2)));
        assertThat(hex(MESSAGES.requestPlayerReply(JOINER_SYSTEM))).isEqualTo(hex(host.get(1)));
        assertThat(hex(MESSAGES.requestPlayerReply(JOINER_PLAYER))).isEqualTo(hex(host.get(3)));
    }

    @Test
    void theNewPlayers() {
        Player system = new Player(JOINER_SYSTEM, JOINER_SYSTEM, false, "", "", ANY, 2300, 2350);
        Player player =
                new Player(
                        JOINER_PLAYER, JOINER_SYSTEM, false, "CLN", "TheClient", ANY, 2300, 2350);
        assertThat(hex(MESSAGES.addForwardRequest(system, KEY))).isEqualTo(hex(joiner.get(1)));
        assertThat(hex(MESSAGES.createPlayer(player))).isEqualTo(hex(joiner.get(3)));
    }

    @Test
    void theTableOfAllPlayers() {
        SystemMessage real = SystemMessage.of(host.get(2)).orElseThrow();
        assertThat(real.machines())
                .extracting(Player::id, Player::nameServer)
                .containsExactly(tuple(JOINER_SYSTEM, false), tuple(HOST_SYSTEM, true));
        List<Player> players =
                List.of(
                        new Player(
                                JOINER_SYSTEM,
                                JOINER_SYSTEM,
                                false,
                                "",
                                "",
                                InetAddress.ofLiteral("10.30.0.1"),
                                2300,
                                2350),
                        new Player(HOST_SYSTEM, HOST_SYSTEM, true, "", "", ANY, 2300, 2350),
                        new Player(
                                HOST_PLAYER,
                                HOST_SYSTEM,
                                false,
                                "HST",
                                "TheHost",
                                ANY,
                                2300,
                                2350));
        Bytes ours =
                MESSAGES.superEnumPlayersReply(
                        SESSION, "DEBUG", players, GROUP, HOST_SYSTEM, List.of(HOST_PLAYER));
        assertThat(hex(ours)).isEqualTo(hex(host.get(2)));
    }

    @Test
    void groupAndLeaving() {
        assertThat(joiner.subList(4, 8).stream().map(SystemMessagesTest::hex))
                .containsExactly(
                        hex(MESSAGES.member(Command.ADDPLAYERTOGROUP, JOINER_PLAYER, GROUP)),
                        hex(MESSAGES.member(Command.DELETEPLAYERFROMGROUP, JOINER_PLAYER, GROUP)),
                        hex(MESSAGES.member(Command.DELETEPLAYER, JOINER_PLAYER, 0)),
                        hex(MESSAGES.member(Command.DELETEPLAYER, JOINER_SYSTEM, 0)));
    }

    @Test
    void pingsAndThePlayerTable() {
        assertThat(hex(MESSAGES.ping(HOST_SYSTEM, 55128234))).isEqualTo(hex(hostDatagrams.get(1)));
        assertThat(hex(MESSAGES.pingReply(JOINER_SYSTEM, 55128234)))
                .isEqualTo(hex(joinerDatagrams.get(1)));
        GameMessages game = new GameMessages(HOST_PLAYER, GROUP);
        assertThat(hex(game.playerTable(List.of(JOINER_PLAYER, HOST_PLAYER))))
                .isEqualTo(hex(hostDatagrams.getFirst()));
    }

    private static String hex(Bytes bytes) {
        return bytes.toHex();
    }

    private static List<Bytes> written(Conversation conversation) {
        return conversation.own().stream()
                .filter(Deed.Wrote.class::isInstance)
                .map(deed -> ((Deed.Wrote) deed).payload())
                .toList();
    }

    private static List<Bytes> datagrams(Conversation conversation) {
        return conversation.own().stream()
                .filter(Deed.Datagram.class::isInstance)
                .map(deed -> ((Deed.Datagram) deed).payload())
                .toList();
    }
}
