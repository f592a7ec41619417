package kontor.launcher.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a service which of its readers of logs (journal, analysis, the gateway's tail) stand still.
 * No game waits for them, so readiness says nothing about them.
 */
public final class FollowersProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    private final URI address;

    /**
     * @param readiness where the service is asked for its readiness: this is beside it
     */
    public FollowersProbe(URI readiness) {
        this.address = readiness.resolve("followersz");
    }

    /** One line for each stalled reader; none for a process that follows nothing. */
    public List<String> ask() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        try {
            HttpResponse<String> answer =
                    CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 503 ? standing(answer.body()) : List.of();
        } catch (IOException e) {
            // Whether it answers at all, readiness says.
            return List.of();
        }
    }

    static List<String> standing(String health) {
        List<String> lines = new ArrayList<>();
        try {
            for (Map.Entry<String, JsonNode> follower :
                    JSON.readTree(health).path("components").properties()) {
                JsonNode details = follower.getValue().path("details");
                String reason =
                        details.path("reason").asString(details.path("waitingFor").asString(""));
                if (!follower.getValue().path("status").asString("").equals("UP")
                        && !reason.isEmpty()) {
                    lines.add(
                            "%s %s: %s"
                                    .formatted(
                                            follower.getKey(),
                                            details.path("phase").asString("waits").equals("HALTED")
                                                    ? "HALTED"
                                                    : "waits",
                                            reason));
                }
            }
        } catch (JacksonException e) {
            lines.add(
                    "an answer of " + health.length() + " characters that is not a health report");
        }
        return lines;
    }
}
