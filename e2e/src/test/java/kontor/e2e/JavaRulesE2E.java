package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kontor.players.directplay.GameMessages;
import kontor.players.directplay.GameMessages.Value;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The rule in Java of docs/RULES.md changes what one game says to another. */
@Timeout(180)
class JavaRulesE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();
    private static final Path EXAMPLE = Path.of("../examples/rules/HalfPrice.java");
    private static final String FILE = "/api/rules/HalfPrice.java";
    private static final int PORT = 2350;
    private static final GameMessages GAME = new GameMessages(0x0348281E, 0x0348281D);
    private static final int SHIPS = 40;
    private static final String LATE =
            "half price (no answer within a second: passed on as it was)";

    @AfterEach
    void withoutRules() throws Exception {
        STACK.api().delete(FILE);
    }

    private static Bytes ship(int price) {
        return GAME.values(List.of(new Value(0x0007FF01, 0x45, 0, price)));
    }

    @Test
    void eachShipCostsHalfAndArrivesOnceInOrderThoughTheOrchestratorIsKilled() throws Exception {
        String code = Files.readString(EXAMPLE);
        String session = STACK.api().startSession();
        STACK.api().put(FILE, code);
        assertThatThrownBy(() -> STACK.api().put(FILE, code.replace("ruling.patch", "ruling.pach")))
                .as("what is wrong is refused with its place, and what holds stays")
                .hasMessageContaining("HalfPrice.java:25:23: cannot find symbol");
        String version = STACK.api().get("/api/rules").get("version").asString();
        STACK.api().await("/api/rules", rules -> rules.at("/labs/e2e").asString().equals(version));

        List<Bytes> received = new ArrayList<>();
        try (DatagramSocket one = game("game1");
                DatagramSocket two = game("game2")) {
            untilOneCostsHalf(one, two, received);
            int inFlight = received.size() + SHIPS;
            for (int i = received.size(); i < inFlight; i++) {
                send(one, i);
            }
            STACK.stack().kill("orchestrator");
            STACK.stack().start("orchestrator");
            while (received.size() < inFlight) {
                received.add(receive(two));
            }
            untilOneCostsHalf(one, two, received);
        }
        STACK.api().post("/api/sessions/" + session + "/end");
        JsonNode continuity = STACK.api().settledContinuity(session);
        assertThat(continuity.get("verdict").asString()).as("%s", continuity).isEqualTo("clean");
        List<JsonNode> released =
                STACK.api().events(session).stream()
                        .filter(event -> event.get("type").asString().equals("held_released"))
                        .toList();
        assertThat(released).hasSameSizeAs(received);
        for (int i = 0; i < received.size(); i++) {
            // Where the machine was too slow to compile within a second, the event says so.
            boolean isHalved = released.get(i).get("verdict").asString().equals("mutated");
            assertThat(received.get(i)).as("ship %d", i).isEqualTo(isHalved ? half(i) : whole(i));
            assertThat(released.get(i).get("verdictDetail").asString())
                    .isEqualTo(isHalved ? "half price" : LATE);
        }
    }

    /** Until the code is compiled, packets pass unchanged after a second. */
    private static void untilOneCostsHalf(
            DatagramSocket one, DatagramSocket two, List<Bytes> received) throws Exception {
        Bytes last = Bytes.empty();
        for (int i = received.size(); !last.equals(half(i - 1)); i++) {
            send(one, i);
            last = receive(two);
            received.add(last);
        }
    }

    private static Bytes whole(int number) {
        return ship(1_000 + 2 * number);
    }

    private static Bytes half(int number) {
        return ship(500 + number);
    }

    private static DatagramSocket game(String instance) throws Exception {
        DatagramSocket socket = new DatagramSocket(STACK.own(instance, PORT));
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void send(DatagramSocket from, int number) throws Exception {
        byte[] bytes = whole(number).toByteArray();
        InetSocketAddress peer = STACK.peer("game1", "game2", PORT);
        from.send(new DatagramPacket(bytes, bytes.length, peer));
    }

    private static Bytes receive(DatagramSocket socket) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[1_000], 1_000);
        socket.receive(packet);
        return Bytes.owning(Arrays.copyOf(packet.getData(), packet.getLength()));
    }
}
