package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kontor.captures.reading.Capture;
import kontor.captures.reading.CaptureFile;
import kontor.captures.reading.Packet;
import kontor.captures.reading.Packets;
import kontor.players.directplay.GameMessages;
import kontor.players.directplay.GameMessages.Value;
import kontor.testing.programs.Programs;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Rules on the game's own messages: game1 says to game2 and game3 what the price of a ship is, and
 * chats with them.
 */
@Timeout(180)
class GameRulesE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();
    private static final String FILE = "e2e-game-rules.yaml";
    private static final int PORT = 2350;

    private static final GameMessages GAME = new GameMessages(0x0348281E, 0x0348281D);
    private static final int SHIP = 0x0007FF01;
    private static final int OWNER = 0x44;
    private static final int PRICE = 0x45;

    private static final String RULES =
            """
            rules:
              - rule: cheap ships
                when: x642.thing.kind == 1 && x642.value.id == 0x45
                do:
                  - set: x642.value
                    to: 1
                    where: x642.thing.kind == 1 && x642.value.id == 0x45
                    mask: 0xFFFF

              - rule: hello
                to: game2
                when: x642.action == "CHAT"
                do: { set: x642.chat.text, to: hello }
            """;

    @TempDir private Path directory;

    @BeforeAll
    static void requireWireshark() {
        Programs.require("tshark");
    }

    @AfterEach
    void withoutRules() throws Exception {
        STACK.api().delete("/api/rules/" + FILE);
    }

    /** A ship that costs 384, in the low half of the value. */
    private static Bytes ship(int value) {
        return GAME.values(List.of(new Value(SHIP, OWNER, 0, 1), new Value(SHIP, PRICE, 0, value)));
    }

    @Test
    void shipsCostOneAndOneGameIsOnlyToldHelloAndEventsAndCaptureHaveBothVersions()
            throws Exception {
        Bytes dear = ship(0xAA00_0180);
        Bytes cheap = ship(0xAA00_0001);
        Bytes attack = GAME.chat(0, "attack at dawn");
        Bytes hello = GAME.chat(0, "hello");
        String session = STACK.api().startSession();
        STACK.api().put("/api/rules/" + FILE, RULES);
        String version = STACK.api().get("/api/rules").get("version").asString();
        STACK.api().await("/api/rules", rules -> rules.at("/labs/e2e").asString().equals(version));

        try (DatagramSocket one = game("game1");
                DatagramSocket two = game("game2");
                DatagramSocket three = game("game3")) {
            for (Bytes message : List.of(dear, attack)) {
                send(one, message, "game2");
                send(one, message, "game3");
            }
            assertThat(List.of(receive(two), receive(two))).isEqualTo(List.of(cheap, hello));
            assertThat(List.of(receive(three), receive(three))).isEqualTo(List.of(cheap, attack));
        }
        STACK.api().post("/api/sessions/" + session + "/end");
        JsonNode continuity = STACK.api().settledContinuity(session);
        assertThat(continuity.get("verdict").asString()).as("%s", continuity).isEqualTo("clean");

        hasBothVersions(session, "game2", "cheap ships", dear, cheap);
        hasBothVersions(session, "game3", "cheap ships", dear, cheap);
        hasBothVersions(session, "game2", "hello", attack, hello);
        JsonNode untouched = event(session, "game3", attack);
        assertThat(untouched.at("/event/verdict").asString()).isEqualTo("relayed");
        assertThat(untouched.hasNonNull("delivered")).isFalse();

        showsBothVersions(session, dear, cheap, attack, hello);
    }

    private static void hasBothVersions(
            String session, String to, String rule, Bytes original, Bytes delivered)
            throws Exception {
        JsonNode event = event(session, to, original);
        assertThat(event.at("/event/verdict").asString()).isEqualTo("mutated");
        assertThat(event.at("/event/verdictDetail").asString()).isEqualTo(rule);
        assertThat(event.at("/delivered/hex").asString()).isEqualTo(delivered.toHex());
    }

    /** The one event with which game1 said this to that game. */
    private static JsonNode event(String session, String to, Bytes original) throws Exception {
        Optional<JsonNode> found = Optional.empty();
        for (JsonNode event : STACK.api().events(session)) {
            if (event.get("type").asString().equals("datagram")
                    && event.get("deliveredTo").toString().contains(to)) {
                JsonNode detail =
                        STACK.api()
                                .get(
                                        "/api/sessions/%s/events/%d"
                                                .formatted(
                                                        session, event.get("sequence").asLong()));
                if (detail.at("/original/hex").asString().equals(original.toHex())) {
                    assertThat(found).as("another %s", detail).isEmpty();
                    found = Optional.of(detail);
                }
            }
        }
        return found.orElseThrow();
    }

    private void showsBothVersions(
            String session, Bytes dear, Bytes cheap, Bytes attack, Bytes hello) throws Exception {
        Path file = directory.resolve("session.pcapng");
        try (HttpClient client = HttpClient.newHttpClient()) {
            Files.write(
                    file,
                    client.send(
                                    HttpRequest.newBuilder(
                                                    STACK.api()
                                                            .root()
                                                            .resolve(
                                                                    "/api/sessions/"
                                                                            + session
                                                                            + "/export?format=pcapng"))
                                            .build(),
                                    BodyHandlers.ofByteArray())
                            .body());
        }
        Capture capture = CaptureFile.read(file);
        // As game1 sent them, and on the receivers' interfaces what these got instead.
        assertThat(Packets.of(capture).all())
                .extracting(packet -> seen(capture, (Packet.Udp) packet))
                .containsExactlyInAnyOrder(
                        "game1 " + dear.toHex(),
                        "game1 " + dear.toHex(),
                        "game1 " + attack.toHex(),
                        "game1 " + attack.toHex(),
                        "game2 " + cheap.toHex(),
                        "game3 " + cheap.toHex(),
                        "game2 " + hello.toHex());
        assertThat(Tshark.fields(file, "udp.port == 2350", "frame.interface_name", "udp.payload"))
                .hasSize(7)
                .contains("game1\t" + attack.toHex(), "game2\t" + hello.toHex());
        assertThat(Tshark.fields(file, "frame.comment contains \"hello\"", "udp.payload"))
                .as("which rule acted")
                .containsExactly(attack.toHex());
        assertThat(Tshark.fields(file, "frame.comment contains \"in place of\"", "udp.payload"))
                .hasSize(3);
    }

    private static String seen(Capture capture, Packet.Udp packet) {
        return capture.interfaces().get(packet.frame().interfaceId()).name()
                + " "
                + packet.payload().toHex();
    }

    private static DatagramSocket game(String instance) throws Exception {
        DatagramSocket socket = new DatagramSocket(STACK.own(instance, PORT));
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void send(DatagramSocket from, Bytes message, String to) throws Exception {
        InetSocketAddress peer = STACK.peer("game1", to, PORT);
        from.send(new DatagramPacket(message.toByteArray(), message.length(), peer));
    }

    private static Bytes receive(DatagramSocket socket) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[1_000], 1_000);
        socket.receive(packet);
        return Bytes.owning(Arrays.copyOf(packet.getData(), packet.getLength()));
    }
}
