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
import org.awaitility.Awaitility;
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
        return post(path, "{}");
    }

    JsonNode post(String path, String json) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(root.resolve(path))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    JsonNode put(String path, String yaml) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(root.resolve(path))
                        .header("content-type", "application/yaml")
                        .PUT(HttpRequest.BodyPublishers.ofString(yaml))
                        .build());
    }

    void delete(String path) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(root.resolve(path)).DELETE().build());
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
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

    /** Asks again until the service is ready; fails with what it says instead after a minute. */
    void awaitReady() {
        Awaitility.await(root.toString())
                .atMost(PATIENCE)
                .pollInterval(PAUSE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> get("/readyz"));
    }

    /** A condition is awaited, not a time: this only keeps the asking from being a busy loop. */
    private static void pause() throws InterruptedException {
        Thread.sleep(PAUSE);
    }

    /** All session events, by following the pages. */
    List<JsonNode> events(String session) throws IOException, InterruptedException {
        List<JsonNode> events = new ArrayList<>();
        String path = "/api/sessions/" + session + "/events?limit=500";
        JsonNode page = get(path);
        page.get("events").forEach(item -> events.add(item.get("event")));
        while (page.hasNonNull("next")) {
            page = get(path + "&after=" + page.get("next").asLong());
            page.get("events").forEach(item -> events.add(item.get("event")));
        }
        return events;
    }

    /** All messages with their fields, by following the pages. */
    List<JsonNode> messages(String session) throws IOException, InterruptedException {
        List<JsonNode> messages = new ArrayList<>();
        String path = "/api/sessions/" + session + "/messages?limit=200";
        JsonNode page = get(path);
        page.get("messages").forEach(messages::add);
        while (page.hasNonNull("next")) {
            page = get(path + "&cursor=" + page.get("next").asString());
            page.get("messages").forEach(messages::add);
        }
        return messages;
    }

    /** Begins a session, which ends the running one; waits until the journal has it. */
    String startSession() throws IOException, InterruptedException {
        String session = post("/api/sessions").get("id").asString();
        await(
                "/api/sessions",
                answer ->
                        answer.get("sessions")
                                .valueStream()
                                .anyMatch(each -> each.get("id").asString().equals(session)));
        return session;
    }

    /** Waits until everything is journalled and answered for, and gives the verdict. */
    JsonNode settledContinuity(String session) throws IOException, InterruptedException {
        return await(
                "/api/sessions/" + session + "/continuity",
                answer -> !answer.get("verdict").asString().equals("incomplete"));
    }
}
