package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Packets that no game sent reach a game, each once, through a killed orchestrator. */
@Timeout(180)
class InjectionsE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();
    private static final int PORT = 2317;
    private static final int TIMES = 10;

    @Test
    void whatIsInjectedArrivesOnceEachAlsoBehindAKilledOrchestrator() throws Exception {
        String session = STACK.api().startSession();
        String injections = "/api/sessions/" + session + "/injections";
        try (DatagramSocket two = new DatagramSocket(STACK.own("game2", PORT))) {
            two.setSoTimeout(60_000);
            STACK.api().post(injections, request(0, TIMES));
            STACK.api()
                    .await(
                            injections,
                            all -> all.at("/injections/0/state").asString().equals("finished"));
            STACK.stack().kill("orchestrator");
            STACK.api().post(injections, request(TIMES, TIMES));
            STACK.stack().start("orchestrator");

            List<Integer> received = new ArrayList<>();
            while (received.size() < 2 * TIMES) {
                DatagramPacket packet = new DatagramPacket(new byte[10], 10);
                two.receive(packet);
                assertThat(packet.getSocketAddress())
                        .isEqualTo(
                                new InetSocketAddress(
                                        STACK.peer("game2", "game1", PORT).getAddress(), PORT));
                received.add((int) packet.getData()[0]);
            }
            assertThat(received).isEqualTo(IntStream.range(0, 2 * TIMES).boxed().toList());
        }
        STACK.api().post("/api/sessions/" + session + "/end");

        JsonNode continuity = STACK.api().settledContinuity(session);
        assertThat(continuity.get("verdict").asString()).as("%s", continuity).isEqualTo("clean");
        assertThat(STACK.api().events(session))
                .filteredOn(event -> event.get("type").asString().equals("injection"))
                .hasSize(2 * TIMES)
                .allMatch(event -> event.get("verdict").asString().equals("injected"));
    }

    private static String request(int first, int count) {
        StringBuilder parts = new StringBuilder();
        for (int i = first; i < first + count; i++) {
            parts.append(parts.isEmpty() ? "" : ",")
                    .append("{\"afterMillis\": 5, \"hex\": \"")
                    .append(HexFormat.of().toHexDigits((byte) i))
                    .append("\"}");
        }
        return """
        {"from": "game1", "to": "game2", "fromPort": %d, "toPort": %d, "parts": [%s]}
        """
                .formatted(PORT, PORT, parts);
    }
}
