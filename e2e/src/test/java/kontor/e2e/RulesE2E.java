package kontor.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** One recipient is told something else by a rule, through a kill of the orchestrator. */
@Timeout(180)
class RulesE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();
    private static final String FILE = "e2e-rules.yaml";
    private static final int PORT = 2316;
    private static final int EACH = 20;

    @AfterEach
    void withoutRules() throws Exception {
        STACK.api().delete("/api/rules/" + FILE);
    }

    @Test
    void oneGameIsToldSomethingElseAlsoBehindAKilledOrchestrator() throws Exception {
        String session = STACK.api().startSession();
        STACK.api()
                .put(
                        "/api/rules/" + FILE,
                        """
                        rules:
                          - rule: loud
                            from: game1
                            to: game2
                            when: udp.dstport == %d
                            do: { patch: 0, bytes: 58 }
                        """
                                .formatted(PORT));
        String version = STACK.api().get("/api/rules").get("version").asString();
        STACK.api().await("/api/rules", rules -> rules.at("/labs/e2e").asString().equals(version));

        try (DatagramSocket from = new DatagramSocket(STACK.own("game1", 0));
                DatagramSocket two = receiver("game2");
                DatagramSocket three = receiver("game3")) {
            send(from, 0);
            STACK.stack().kill("orchestrator");
            send(from, EACH);
            STACK.stack().start("orchestrator");

            assertThat(received(two)).isEqualTo(expected('X'));
            assertThat(received(three)).isEqualTo(expected('p'));
        }
        STACK.api().post("/api/sessions/" + session + "/end");

        JsonNode continuity = STACK.api().settledContinuity(session);
        assertThat(continuity.get("verdict").asString()).as("%s", continuity).isEqualTo("clean");
        assertThat(STACK.api().events(session))
                .filteredOn(event -> event.get("verdict").asString().equals("mutated"))
                .hasSize(2 * EACH);
    }

    private static DatagramSocket receiver(String game) throws Exception {
        DatagramSocket socket = new DatagramSocket(STACK.own(game, PORT));
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void send(DatagramSocket from, int first) throws Exception {
        for (int i = first; i < first + EACH; i++) {
            byte[] bytes = "packet %02d".formatted(i).getBytes(US_ASCII);
            for (String to : List.of("game2", "game3")) {
                InetSocketAddress peer = STACK.peer("game1", to, PORT);
                from.send(new DatagramPacket(bytes, bytes.length, peer));
            }
        }
    }

    private static List<String> received(DatagramSocket socket) throws Exception {
        List<String> received = new ArrayList<>();
        while (received.size() < 2 * EACH) {
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            socket.receive(packet);
            received.add(new String(packet.getData(), 0, packet.getLength(), US_ASCII));
        }
        return received;
    }

    private static List<String> expected(char first) {
        return IntStream.range(0, 2 * EACH)
                .mapToObj(i -> "%sacket %02d".formatted(first, i))
                .toList();
    }
}
