package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
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
        try (DeafGame game = new DeafGame(STACK)) {
            game.miss(session);

            InetSocketAddress socket = game.address();
            JsonNode report = STACK.api().settledContinuity(session);

            assertThat(report.get("verdict").asString()).as("%s", report).isEqualTo("lossy");
            JsonNode loss = report.get("losses").get(0);
            assertThat(loss.get("instance").asString()).isEqualTo(game.name());
            assertThat(loss.get("cause").asString()).isEqualTo("game_socket");
            assertThat(loss.get("socket").asString())
                    .isEqualTo(socket.getAddress().getHostAddress() + ":" + socket.getPort());
            assertThat(loss.get("datagrams").asLong()).isBetween(1L, (long) DeafGame.SENT);
            assertThat(report.at("/counts/lost").asLong())
                    .isEqualTo(loss.get("datagrams").asLong());
        }
    }
}
