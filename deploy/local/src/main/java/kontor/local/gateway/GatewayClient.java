package kontor.local.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import kontor.vocabulary.SessionId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a stack's gateway. All methods block until it has answered. */
public final class GatewayClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);

    private final URI root;
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();

    /**
     * @param root the address of page and API, ending with a slash
     */
    public GatewayClient(URI root) {
        this.root = root;
    }

    /**
     * Begins a session, which ends the running one.
     *
     * @throws IOException where the gateway does not answer, or refuses; says how
     */
    public SessionId startSession(String lab) throws IOException, InterruptedException {
        String body = json.writeValueAsString(Map.of("lab", lab));
        JsonNode accepted =
                send(
                        request("api/sessions")
                                .header("content-type", "application/json")
                                .POST(BodyPublishers.ofString(body)));
        SessionId session = SessionId.parse(accepted.get("id").asString());
        await("api/sessions/" + session, TIMEOUT);
        return session;
    }

    /**
     * Ends a session; it goes on being asked about.
     *
     * @throws IOException where the gateway does not answer, or refuses; says how
     */
    public void endSession(SessionId session) throws IOException, InterruptedException {
        send(request("api/sessions/" + session + "/end").POST(BodyPublishers.noBody()));
    }

    /**
     * The continuity of a session once nothing of it is on its way any more, or as it stands when
     * {@code patience} is over.
     *
     * @throws IOException where the gateway does not answer, or refuses; says how
     */
    public ContinuityAnswer continuity(SessionId session, Duration patience)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            JsonNode answer = send(request("api/sessions/" + session + "/continuity"));
            ContinuityAnswer continuity = ContinuityAnswer.of(answer);
            if (!continuity.incomplete() || System.nanoTime() > end) {
                return continuity;
            }
            Thread.sleep(BETWEEN_QUESTIONS);
        }
    }

    /**
     * Asks for something of whatever kind, below the root, and forgets the answer.
     *
     * @throws IOException where the gateway does not answer, or refuses; says how
     */
    public void visit(String path) throws IOException, InterruptedException {
        HttpRequest request = request(path).build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
            throw new IOException("%s answered %d".formatted(request.uri(), status));
        }
    }

    private void await(String path, Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (client.send(request(path).build(), BodyHandlers.discarding()).statusCode() != 200) {
            if (System.nanoTime() > end) {
                throw new IOException(root.resolve(path) + " does not appear");
            }
            Thread.sleep(BETWEEN_QUESTIONS);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(TIMEOUT);
    }

    private JsonNode send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        var response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(
                    "%s answered %d: %s"
                            .formatted(request.uri(), response.statusCode(), response.body()));
        }
        return json.readTree(response.body());
    }

    @Override
    public void close() {
        client.close();
    }
}
