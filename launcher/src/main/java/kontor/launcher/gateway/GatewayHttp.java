package kontor.launcher.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to a gateway and its answers in JSON. All methods block until it has answered. */
final class GatewayHttp implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final URI root;
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final @Nullable String token;

    /** What happens while an answer is waited for. */
    @FunctionalInterface
    interface Meanwhile {

        /** Looks how far it is; whatever the gateway answers to that is none of the question's. */
        void look() throws InterruptedException;
    }

    /**
     * @param root the address of page and API, ending with a slash
     * @param token shown with each request; null: none
     */
    GatewayHttp(URI root, @Nullable String token) {
        this.root = root;
        this.token = token;
    }

    /** Begins a request with the token, which times out after 20 seconds if it is not changed. */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path)).timeout(TIMEOUT);
        return token == null ? request : request.header("authorization", "Bearer " + token);
    }

    /** Begins a request that carries a value as JSON. */
    HttpRequest.Builder post(String path, Object body) {
        return carrying("POST", path, body);
    }

    /** Begins a request that changes something to what a value says as JSON. */
    HttpRequest.Builder patch(String path, Object body) {
        return carrying("PATCH", path, body);
    }

    private HttpRequest.Builder carrying(String method, String path, Object body) {
        return request(path)
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
    }

    /**
     * Sends a request and reads its answer.
     *
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    JsonNode send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        try {
            return read(request, client.send(request, BodyHandlers.ofString()));
        } catch (HttpTimeoutException e) {
            throw unanswered(request, e);
        }
    }

    /**
     * The same for a question that takes long.
     *
     * @param meanwhile runs each time that another {@code between} has passed without the answer
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    JsonNode send(HttpRequest.Builder builder, Duration between, Meanwhile meanwhile)
            throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        CompletableFuture<HttpResponse<String>> asked =
                client.sendAsync(request, BodyHandlers.ofString());
        while (true) {
            try {
                return read(request, asked.get(between.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                meanwhile.look();
            } catch (ExecutionException e) {
                throw switch (e.getCause()) {
                    case HttpTimeoutException late -> unanswered(request, late);
                    case IOException io -> io;
                    case null, default -> new IOException(request.uri() + " got no answer", e);
                };
            }
        }
    }

    /**
     * Sends a request and hands its answer on, whatever it is.
     *
     * @throws IOException if the gateway does not answer
     */
    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return client.send(request, handler);
    }

    /** Sends a request whose answer does not end, and forgets it; cancelled, it is hung up on. */
    CompletableFuture<?> listen(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.discarding());
    }

    /**
     * Waits until something is there.
     *
     * @throws IOException if the gateway does not answer, or it is not there after 20 seconds
     */
    void await(String path) throws IOException, InterruptedException {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (client.send(request(path).build(), BodyHandlers.discarding()).statusCode() != 200) {
            if (System.nanoTime() > end) {
                throw new IOException(root.resolve(path) + " does not appear");
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private JsonNode read(HttpRequest request, HttpResponse<String> response) throws IOException {
        if (response.statusCode() / 100 != 2) {
            throw refused(request, response.statusCode(), response.body());
        }
        return json.readTree(response.body());
    }

    /** Says what was asked, and how long the answer was waited for. */
    private static IOException unanswered(HttpRequest request, HttpTimeoutException cause) {
        return new IOException(
                "%s got no answer within %s s"
                        .formatted(
                                request.uri(),
                                request.timeout().orElse(TIMEOUT).toMillis() / 1000.0),
                cause);
    }

    /** Says what was asked, and how it was refused. */
    static IOException refused(HttpRequest request, int status, String body) {
        return new IOException("%s answered %d: %s".formatted(request.uri(), status, body));
    }

    @Override
    public void close() {
        client.close();
    }
}
