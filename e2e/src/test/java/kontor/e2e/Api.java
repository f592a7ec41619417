package kontor.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway's REST API as any program sees it. */
final class Api {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final URI root;
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();

    Api(URI root) {
        this.root = root;
    }

    URI root() {
        return root;
    }

    /** The body of a 2xx answer; anything else fails the test with the answer's text. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(root.resolve(path)).build());
    }

    JsonNode post(String path) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(root.resolve(path))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(
                    "%s %s: %d %s"
                            .formatted(
                                    request.method(),
                                    request.uri(),
                                    response.statusCode(),
                                    response.body()));
        }
        return json.readTree(response.body());
    }

    /** Asks again until the answer is as wanted; fails with the last answer after a minute. */
    JsonNode await(String path, Predicate<JsonNode> wanted)
            throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            JsonNode answer = get(path);
            if (wanted.test(answer)) {
                return answer;
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("%s still answers %s".formatted(path, answer));
            }
            pause();
        }
    }

    /** A condition is awaited, not a time: this only keeps the asking from being a busy loop. */
    private static void pause() throws InterruptedException {
        Thread.sleep(PAUSE);
    }

    /** All items of a paged list, by following its cursor. */
    List<JsonNode> all(String path) throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String separator = path.contains("?") ? "&" : "?";
        JsonNode page = get(path);
        page.get("items").forEach(items::add);
        while (page.hasNonNull("next")) {
            page = get(path + separator + "after=" + page.get("next").asString());
            page.get("items").forEach(items::add);
        }
        return items;
    }

    /** Ends the running session, so that the next packet begins one. */
    void endRunningSession() throws IOException, InterruptedException {
        for (JsonNode session : get("/api/sessions").get("items")) {
            if (!session.hasNonNull("endedAt")) {
                String path = "/api/sessions/" + session.get("id").asString();
                post(path + "/end");
                await(path, answer -> answer.hasNonNull("endedAt"));
            }
        }
    }

    /** The session that is running, once the journal has it. */
    String runningSession() throws IOException, InterruptedException {
        JsonNode sessions =
                await(
                        "/api/sessions",
                        answer ->
                                !answer.get("items").isEmpty()
                                        && !answer.get("items").get(0).hasNonNull("endedAt"));
        return sessions.get("items").get(0).get("id").asString();
    }

    /** Waits until everything is journalled and answered for, and gives the verdict. */
    JsonNode settledContinuity(String session) throws IOException, InterruptedException {
        return await(
                "/api/sessions/" + session + "/continuity",
                answer -> !answer.get("verdict").asString().equals("incomplete"));
    }
}
