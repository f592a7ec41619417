package kontor.launcher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a gateway of a few lines. */
final class StandStillIT {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Set<String> GAMES = Set.of("game1", "game2");

    /** What is behind the last event that was asked for, look by look. */
    private final Deque<String> looks = new ConcurrentLinkedDeque<>();

    /** Details of events, by their sequences. */
    private final Map<String, String> details = new ConcurrentHashMap<>();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private GatewayClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/", this::answer);
        server.start();
        client =
                new GatewayClient(
                        URI.create(
                                "http://127.0.0.1:%d/".formatted(server.getAddress().getPort())));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String answer = "{\"freezeId\": \"f1\"}";
        if (path.equals("/api/sessions")) {
            answer =
                    """
                    {"sessions": [{"id": "s3", "lab": "other", "lastSequence": 1},
                        {"id": "s2", "lab": "default", "lastSequence": 40},
                        {"id": "s1", "lab": "default", "lastSequence": 9, "endedAt": "t"}]}
                    """;
        } else if (path.equals("/api/sessions/s2/events")) {
            asked.add(exchange.getRequestURI().getQuery());
            answer = "{\"events\": [%s]}".formatted(looks.remove());
        } else if (path.startsWith("/api/sessions/s2/events/")) {
            answer =
                    "{\"detail\": %s}"
                            .formatted(details.get(path.substring(path.lastIndexOf('/') + 1)));
        } else {
            asked.add(path + " " + body);
        }
        byte[] bytes = answer.getBytes(UTF_8);
        exchange.sendResponseHeaders(202, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private String event(int sequence, String type, String game, String freeze) {
        details.put(
                Integer.toString(sequence),
                "{\"freezeId\": \"%s\", \"detail\": \"no such group\"}".formatted(freeze));
        return "{\"event\": {\"sequence\": %d, \"type\": \"%s\", \"instance\": \"%s\"}}"
                .formatted(sequence, type, game);
    }

    @Test
    void theMomentIsWhenTheLastOfThemStandsStill() throws Exception {
        looks.add("");
        looks.add(
                event(42, "freeze_failed", "game3", "f1")
                        + ", "
                        + event(43, "game_frozen", "game2", "f1"));
        looks.add(
                event(47, "game_frozen", "game1", "f1")
                        + ", "
                        + event(48, "game_frozen", "game4", "f1"));

        FrozenMoment moment = client.freeze("default", GAMES, LONGEST);

        assertThat(moment).isEqualTo(new FrozenMoment("f1", "s2", 47));
        String filter = "&limit=1000&filter=event.type+in+{\"game_frozen\"+\"freeze_failed\"}";
        assertThat(asked)
                .containsExactly(
                        "/api/labs/default/freeze {\"seconds\":30}",
                        "after=40" + filter,
                        "after=40" + filter,
                        "after=43" + filter);
        client.thaw("default", moment);
        assertThat(asked).last().isEqualTo("/api/labs/default/thaw {\"freezeId\":\"f1\"}");
    }

    @Test
    void whatAnswersAnEarlierFreezeIsNotTheMoment() throws Exception {
        looks.add(
                event(41, "game_frozen", "game1", "f0")
                        + ", "
                        + event(42, "freeze_failed", "game2", "f0"));
        looks.add(
                event(45, "game_frozen", "game2", "f1")
                        + ", "
                        + event(46, "game_frozen", "game1", "f1"));

        assertThat(client.freeze("default", GAMES, LONGEST).sequence()).isEqualTo(46);
    }

    @Test
    void whereOneCannotBeFrozenAllGoOn() {
        looks.add(
                event(42, "game_frozen", "game2", "f1")
                        + ", "
                        + event(43, "freeze_failed", "game1", "f1"));

        assertThatThrownBy(() -> client.freeze("default", GAMES, LONGEST))
                .hasMessage("game1 cannot be frozen: no such group");

        assertThat(asked).last().isEqualTo("/api/labs/default/thaw {\"freezeId\":\"f1\"}");
    }
}
