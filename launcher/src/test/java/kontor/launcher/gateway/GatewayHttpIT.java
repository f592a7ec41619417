package kontor.launcher.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a gateway that never answers. */
final class GatewayHttpIT {

    private static final Duration SHORT = Duration.ofMillis(200);

    private HttpServer server;
    private GatewayHttp http;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", _ -> {});
        server.start();
        http = new GatewayHttp(URI.create(address()), null);
    }

    @AfterEach
    void stop() {
        http.close();
        server.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    }

    @Test
    void aQuestionWithoutAnAnswerIsNamed() {
        assertThatThrownBy(() -> http.send(http.request("api/sessions").timeout(SHORT)))
                .isInstanceOf(IOException.class)
                .hasMessage(address() + "api/sessions got no answer within 0.2 s");
    }

    @Test
    void soIsOneThatMayTakeLong() {
        assertThatThrownBy(() ->
                        http.send(
                                http.request("api/sessions").timeout(SHORT),
                                Duration.ofMillis(10),
                                () -> {}))
                .isInstanceOf(IOException.class)
                .hasMessage(address() + "api/sessions got no answer within 0.2 s");
    }
}
