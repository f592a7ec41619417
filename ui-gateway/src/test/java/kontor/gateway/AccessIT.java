package kontor.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import kontor.gateway.access.AccessRefusedException;
import kontor.gateway.sample.EventStream;
import kontor.gateway.sample.GatewayOnSampleStack;
import kontor.gateway.sample.GatewayUnderTest;
import kontor.gateway.sample.SampleSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Who may use a gateway that has a token, over real HTTP; and one that would need one. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class AccessIT extends GatewayOnSampleStack {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String TOKEN = "a-token-that-nobody-else-would-think-of";

    @TempDir private static Path directory;

    private static HttpClient client;

    @BeforeAll
    static void start() throws IOException {
        startGateway(
                Map.of(
                        "KONTOR_TOKEN_FILE",
                        tokenFile("token", TOKEN, "rw-------").toString(),
                        "KONTOR_ALLOWED_HOSTS",
                        "kontor.example"));
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @Test
    void beyondLoopbackItDoesNotStartWithoutAToken() {
        assertThatThrownBy(
                        () -> GatewayUnderTest.on(stack, Map.of("KONTOR_HTTP_ADDRESS", "0.0.0.0")))
                .rootCause()
                .isInstanceOfSatisfying(
                        AccessRefusedException.class,
                        refused ->
                                assertThat(refused.action())
                                        .contains("KONTOR_TOKEN_FILE", "/dev/urandom"));
    }

    @Test
    void doesNotStartWithATokenThatEverybodyCanRead() throws IOException {
        Path file = tokenFile("open", TOKEN, "rw-r--r--");

        assertThatThrownBy(() ->
                        GatewayUnderTest.on(stack, Map.of("KONTOR_TOKEN_FILE", file.toString())))
                .rootCause()
                .isInstanceOf(AccessRefusedException.class)
                .hasMessageContaining("can be read by everybody");
    }

    @Test
    void asksForTheToken() throws Exception {
        HttpResponse<String> without = send(get("/api/sessions"));
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(without.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(without.body()).contains("urn:kontor:problem:token-missing");

        assertThat(send(get("/api/sessions").header("Authorization", "Bearer wrong")))
                .satisfies(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(401);
                    assertThat(answer.body()).contains("urn:kontor:problem:token-wrong");
                });
        assertThat(send(get("/api/sessions").header("Authorization", "Bearer " + TOKEN)))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(send(get("/v3/api-docs").header("Authorization", "Bearer " + TOKEN)).body())
                .contains("\"securitySchemes\":{\"token\":", "\"security\":[{\"token\":[]}]");
    }

    @Test
    void thePageAndItsProbesAreForEverybodyAndNothingElseIs() throws Exception {
        for (String path : new String[] {"/", "/app.js", "/api/http.js", "/livez", "/readyz"}) {
            assertThat(send(get(path)).statusCode()).as(path).isEqualTo(200);
        }
        for (String path :
                new String[] {"/v3/api-docs", "/actuator/prometheus", "/api/instances", "/x"}) {
            assertThat(send(get(path)).statusCode()).as(path).isIn(401, 404);
            assertThat(send(get(path)).body()).as(path).contains("urn:kontor:problem:");
        }
    }

    @Test
    void aBrowserThatHasSignedInReadsTheStreamAndTheApi() throws Exception {
        SampleSession session = stack.record(SampleSession.lobby("access"));
        String path = "/api/sessions/" + session.id() + "/stream";
        try (EventStream closed = new EventStream(gateway.uri(path), null)) {
            assertThat(closed.status()).isEqualTo(401);
        }

        String cookie = signIn();

        HttpResponse<InputStream> stream =
                client.send(
                        get(path).header("Cookie", cookie).build(), BodyHandlers.ofInputStream());
        try (InputStream events = stream.body()) {
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(new String(events.readNBytes(200), UTF_8)).contains("id:" + session.id());
        }
    }

    @Test
    void whatACookieChangesMustComeFromThePage() throws Exception {
        String cookie = signIn();
        HttpRequest.Builder change =
                request("/api/sessions")
                        .header("Cookie", cookie)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"lab\":\"\"}"));

        assertThat(send(change).body()).contains("urn:kontor:problem:cross-site");
        assertThat(send(change.copy().header("Origin", "https://evil.example")).body())
                .contains("urn:kontor:problem:foreign-origin");
        assertThat(send(change.copy().header("Origin", origin())).statusCode()).isNotIn(401, 403);
    }

    @Test
    void aWrongTokenSignsNobodyIn() throws Exception {
        HttpResponse<String> refused = send(signInWith("wrong"));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void theTokenIsInNoLineOfTheLog(CapturedOutput output) throws Exception {
        signIn();
        send(signInWith(TOKEN + "!"));
        send(get("/api/sessions").header("Authorization", "Bearer " + TOKEN));

        assertThat(output.getAll()).doesNotContain(TOKEN);
    }

    @Test
    void aForeignHostOrOriginIsRefusedWithTheSettingsName() throws Exception {
        assertThat(askedAs("evil.example"))
                .startsWith("HTTP/1.1 403")
                .contains("urn:kontor:problem:foreign-host", "KONTOR_ALLOWED_HOSTS");
        assertThat(askedAs("kontor.example")).startsWith("HTTP/1.1 200");
        assertThat(
                        send(
                                get("/api/sessions")
                                        .header("Authorization", "Bearer " + TOKEN)
                                        .header("Origin", "https://evil.example")))
                .satisfies(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(403);
                    assertThat(answer.body())
                            .contains("urn:kontor:problem:foreign-origin", "KONTOR_ALLOWED_HOSTS");
                });
    }

    @Test
    void metricsAreOnTheManagementPortOnly() throws Exception {
        HttpRequest metrics =
                HttpRequest.newBuilder(gateway.management("/actuator/prometheus")).build();

        assertThat(client.send(metrics, BodyHandlers.ofString()).body())
                .contains("kontor_gateway_");
        assertThat(
                        send(get("/actuator/prometheus").header("Authorization", "Bearer " + TOKEN))
                                .statusCode())
                .isEqualTo(404);
    }

    private static String signIn() throws IOException, InterruptedException {
        HttpResponse<String> answer = send(signInWith(TOKEN));
        assertThat(answer.statusCode()).isEqualTo(204);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(TOKEN);
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static HttpRequest.Builder signInWith(String token) {
        return request("/api/sign-in")
                .header("Content-Type", "application/json")
                .header("Origin", origin())
                .POST(BodyPublishers.ofString("{\"token\":\"" + token + "\"}"));
    }

    /**
     * The whole answer to a request for the page whose Host is this; a client would set its own.
     */
    private static String askedAs(String host) throws IOException {
        try (Socket socket = new Socket(LOOPBACK, gateway.uri("/").getPort())) {
            socket.getOutputStream()
                    .write(
                            "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                                    .formatted(host)
                                    .getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static String origin() {
        URI root = gateway.uri("/");
        return root.getScheme() + "://" + root.getAuthority();
    }

    private static HttpRequest.Builder get(String path) {
        return request(path).GET();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.uri(path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static Path tokenFile(String name, String text, String mode) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }
}
