package kontor.launcher.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;

class FollowersProbeTest {

    private static final String HALTED =
            """
            {"status": "DOWN", "components": {"journal": {"status": "DOWN", "details":
              {"phase": "HALTED", "lag": 3, "reason": "Kafka has lost records"}}}}
            """;

    @Test
    void saysWhichFollowerStandsStillAndWhy() {
        assertThat(FollowersProbe.standing(HALTED))
                .containsExactly("journal HALTED: Kafka has lost records");
        assertThat(
                        FollowersProbe.standing(
                                """
                                {"status": "DOWN", "components": {"analysis": {"status": "DOWN",
                                  "details": {"waitingFor": "Connection refused"}}}}
                                """))
                .containsExactly("analysis waits: Connection refused");
    }

    @Test
    void oneThatIsOnlyStartingOrRunningIsNotNamed() {
        assertThat(
                        FollowersProbe.standing(
                                """
                                {"status": "OUT_OF_SERVICE", "components":
                                  {"journal": {"status": "OUT_OF_SERVICE",
                                               "details": {"phase": "STARTING", "lag": 0}},
                                   "tail": {"status": "UP"}}}
                                """))
                .isEmpty();
    }

    @Test
    void asksBesideReadinessAndMakesNothingOfAProcessThatFollowsNothing() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/followersz",
                exchange -> {
                    byte[] body = HALTED.getBytes(UTF_8);
                    exchange.sendResponseHeaders(503, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        try {
            URI root = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");

            assertThat(new FollowersProbe(root.resolve("readyz")).ask()).hasSize(1);
            assertThat(new FollowersProbe(root.resolve("elsewhere/readyz")).ask()).isEmpty();
        } finally {
            server.stop(0);
        }
    }
}
