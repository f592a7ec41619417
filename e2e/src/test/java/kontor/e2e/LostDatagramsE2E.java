package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A game that does not read loses datagrams, and the proof says how many and where. */
@Timeout(120)
class LostDatagramsE2E {

    private static final StackUnderTest STACK = StackUnderTest.shared();

    @Test
    void aSessionWhoseGameHadNoRoomForDatagramsIsLossyAndSaysWhere() throws Exception {
        String session = STACK.api().startSession();
        try (DatagramSocket from = new DatagramSocket(STACK.own("game1", 0));
                DatagramSocket to = new DatagramSocket(null)) {
            to.setReceiveBufferSize(8 * 1024);
            to.bind(STACK.own("game2", 2314));
            for (int i = 0; i < 200; i++) {
                from.send(
                        new DatagramPacket(
                                new byte[1000], 1000, STACK.peer("game1", "game2", 2314)));
            }
            STACK.api()
                    .await(
                            "/api/sessions/" + session + "/continuity",
                            report -> report.at("/counts/lost").asLong() > 0);
        }
        JsonNode report = STACK.api().settledContinuity(session);

        assertThat(report.get("verdict").asString()).as("%s", report).isEqualTo("lossy");
        JsonNode loss = report.get("losses").get(0);
        assertThat(loss.get("instance").asString()).isEqualTo("game2");
        assertThat(loss.get("cause").asString()).isEqualTo("game_socket");
        assertThat(loss.get("socket").asString())
                .isEqualTo(STACK.own("game2", 2314).getAddress().getHostAddress() + ":2314");
        assertThat(loss.get("datagrams").asLong()).isBetween(1L, 200L);
        assertThat(report.at("/counts/lost").asLong()).isEqualTo(loss.get("datagrams").asLong());
    }
}
