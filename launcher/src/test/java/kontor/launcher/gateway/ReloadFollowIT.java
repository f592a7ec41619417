package kontor.launcher.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a gateway of a few lines. */
final class ReloadFollowIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> phases = new ArrayList<>();
    private HttpServer server;
    private GatewayClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/reloads", this::answer);
        server.start();
        client =
                new GatewayClient(
                        URI.create(
                                "http://127.0.0.1:%d/".formatted(server.getAddress().getPort())));
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void everyPhaseIsHeardOnceAndTheLastIsTheOutcome() throws Exception {
        answers.addAll(
                List.of(phase("announced"), phase("announced"), phase("verifying"), COMPLETED));

        ReloadAnswer outcome = client.followReload("r1", PATIENCE, a -> phases.add(a.phase()));

        assertThat(phases).containsExactly("announced", "verifying", "completed");
        assertThat(outcome.completed()).isTrue();
        assertThat(outcome.phases())
                .containsExactly(new ReloadAnswer.Timing("restarting", Duration.ofMillis(1_200)));
    }

    @Test
    void aGatewayThatIsAwayOrDoesNotKnowYetIsAskedAgain() throws Exception {
        answers.addAll(List.of(phase("restarting"), AWAY, "404", AWAY, COMPLETED));

        assertThat(client.followReload("r1", PATIENCE, answer -> {}).completed()).isTrue();
    }

    @Test
    void patienceEndsWithWhereItStood() {
        answers.add(phase("restarting"));

        assertThatThrownBy(() -> client.followReload("r1", Duration.ofMillis(200), answer -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage("reload r1 is still restarting");
    }

    private static final String AWAY = "away";

    private static final String COMPLETED =
            """
            {"id": "r1", "service": "ui-gateway", "phase": "completed", "result": "",
             "phases": [{"phase": "restarting", "tookMicros": 1200000}]}\
            """;

    private static String phase(String phase) {
        return """
        {"id": "r1", "service": "ui-gateway", "phase": "%s"}\
        """
                .formatted(phase);
    }

    /** The next answer; the last one for ever. */
    private void answer(HttpExchange exchange) throws IOException {
        String answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        try (exchange) {
            if (answer.equals("404")) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!answer.equals(AWAY)) {
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }
}
