package kontor.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.SampleStack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Screens through a gateway that has a token, with a VNC server that the test plays. */
@Timeout(120)
class ScreenIT {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String TOKEN = "a-token-that-nobody-else-would-think-of";
    private static final String GREETING = "RFB 003.008\n";
    private static final int MUCH = 3_000_000;

    /** What a browser may send at once. */
    private static final int FRAME = 60_000;

    @TempDir private static Path directory;

    private static SampleStack stack;
    private static ServerSocket vnc;
    private static GatewayUnderTest gateway;
    private static HttpClient client;

    @BeforeAll
    static void start() throws IOException {
        vnc = new ServerSocket(0, 8, LOOPBACK);
        Path lab =
                Files.writeString(
                        directory.resolve("lab.yaml"),
                        """
                        lab: duel
                        ports: { tcp: [2300], udp: [2300] }
                        instances:
                          game1: { address: 10.77.0.1, vnc: "127.0.0.1:%d" }
                          game2: { address: 10.77.0.2 }
                          game3: { address: 10.77.0.3, vnc: "127.0.0.1:%d" }
                        """
                                .formatted(vnc.getLocalPort(), portOfNobody()));
        Path token = Files.writeString(directory.resolve("token"), TOKEN);
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        stack = new SampleStack();
        gateway =
                GatewayUnderTest.on(
                        stack,
                        Map.of(
                                "KONTOR_TOKEN_FILE", token.toString(),
                                "KONTOR_LAB_FILE", lab.toString(),
                                "KONTOR_GATEWAY_SCREENS", "2"));
        gateway.awaitReady();
        client = HttpClient.newHttpClient();
    }

    private static int portOfNobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        gateway.close();
        stack.close();
        vnc.close();
    }

    @Test
    void gamesWithAScreenAreListed() throws Exception {
        assertThat(get("/api/screens").body())
                .isEqualTo(
                        "{\"screens\":[{\"instance\":\"game1\",\"lab\":\"duel\"},"
                                + "{\"instance\":\"game3\",\"lab\":\"duel\"}]}");
    }

    @Test
    void allBytesPassBothWaysAsTheyAre() throws Exception {
        byte[] picture = randomBytes(1);
        byte[] keys = randomBytes(2);
        Browser browser = new Browser(GREETING.length() + MUCH);
        WebSocket socket = opened(browser);
        try (Socket server = vnc.accept()) {
            server.getOutputStream().write(GREETING.getBytes(US_ASCII));
            server.getOutputStream().write(picture);
            for (int at = 0; at < MUCH; at += FRAME) {
                socket.sendBinary(ByteBuffer.wrap(keys, at, Math.min(FRAME, MUCH - at)), true)
                        .get(20, TimeUnit.SECONDS);
            }

            assertThat(server.getInputStream().readNBytes(MUCH)).isEqualTo(keys);
            byte[] seen = browser.all.get(20, TimeUnit.SECONDS);
            assertThat(new String(seen, 0, GREETING.length(), US_ASCII)).isEqualTo(GREETING);
            assertThat(seen).endsWith(picture);
        }
        assertThat(browser.closed.get(20, TimeUnit.SECONDS))
                .as("the page sees that the screen has gone")
                .isNotNull();
    }

    @Test
    void whenTheBrowserLeavesTheScreenIsLetGo() throws Exception {
        WebSocket socket = opened(new Browser(1));
        try (Socket server = vnc.accept()) {
            socket.abort();

            assertThat(server.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void pagesOfOthersAndRequestsWithoutATokenAreRefusedBeforeTheScreenIsTouched()
            throws Exception {
        assertThat(refusal(() -> open("game1", "http://evil.example", new Browser(1))))
                .isEqualTo(403);
        assertThat(
                        refusal(() ->
                                client.newWebSocketBuilder()
                                        .buildAsync(address("game1"), new Browser(1))))
                .isEqualTo(401);
        // The next connection that the screen gets is of who is let in.
        WebSocket socket = opened(new Browser(1));
        try (Socket server = vnc.accept()) {
            socket.sendBinary(ByteBuffer.wrap(new byte[] {42}), true).get(20, TimeUnit.SECONDS);
            assertThat(server.getInputStream().read()).isEqualTo(42);
            socket.abort();
        }
    }

    @Test
    void aGameWithoutScreenAndAScreenThatIsNotThereAreProblems() throws Exception {
        assertThat(get("/api/instances/game2/screen").body())
                .contains("urn:kontor:problem:no-such-screen", "game2");
        assertThat(get("/api/instances/game3/screen").body())
                .contains("urn:kontor:problem:screen-away", "game3");
        assertThat(get("/api/instances/game3/screen").statusCode()).isEqualTo(502);
    }

    @Test
    void nobodyOpensMoreScreensThanAreAllowed() throws Exception {
        WebSocket one = opened(new Browser(1));
        WebSocket two = opened(new Browser(1));
        try (Socket first = vnc.accept();
                Socket second = vnc.accept()) {
            assertThat(refusal(() -> open("game1", null, new Browser(1)))).isEqualTo(503);
            one.abort();
            two.abort();
            // Both places are free once both have been let go.
            assertThat(first.getInputStream().read()).isEqualTo(-1);
            assertThat(second.getInputStream().read()).isEqualTo(-1);
        }
    }

    /** Opens a connection, as something that is expected to fail. */
    private interface Opening {

        CompletableFuture<WebSocket> open();
    }

    private static int refusal(Opening opening) {
        try {
            opening.open().join().abort();
            throw new AssertionError("it was let in");
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(WebSocketHandshakeException.class);
            return e.getCause() instanceof WebSocketHandshakeException refused
                    ? refused.getResponse().statusCode()
                    : 0;
        }
    }

    /** As soon as there is a place: the tests before give theirs back when they can. */
    private static WebSocket opened(Browser browser) {
        return await().atMost(Duration.ofSeconds(20))
                .ignoreException(CompletionException.class)
                .until(() -> open("game1", null, browser).join(), Objects::nonNull);
    }

    private static CompletableFuture<WebSocket> open(
            String instance, @Nullable String origin, Browser browser) {
        WebSocket.Builder builder =
                client.newWebSocketBuilder().header("Authorization", "Bearer " + TOKEN);
        if (origin != null) {
            builder.header("Origin", origin);
        }
        return builder.buildAsync(address(instance), browser);
    }

    private static URI address(String instance) {
        return URI.create(
                gateway.uri("/api/instances/" + instance + "/screen")
                        .toString()
                        .replaceFirst("http", "ws"));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(gateway.uri(path))
                        .header("Authorization", "Bearer " + TOKEN)
                        .build(),
                BodyHandlers.ofString());
    }

    private static byte[] randomBytes(int seed) {
        byte[] bytes = new byte[MUCH];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    /** Takes what comes until it is as much as is expected. */
    private static final class Browser implements WebSocket.Listener {

        final CompletableFuture<byte[]> all = new CompletableFuture<>();
        final CompletableFuture<String> closed = new CompletableFuture<>();
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
        private final int expected;

        Browser(int expected) {
            this.expected = expected;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            seen.writeBytes(bytes);
            if (seen.size() >= expected) {
                all.complete(seen.toByteArray());
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete("status " + status);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            closed.complete(failure.toString());
        }
    }
}
