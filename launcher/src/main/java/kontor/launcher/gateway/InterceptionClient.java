package kontor.launcher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.SessionId;
import tools.jackson.databind.JsonNode;

/** Asks a stack's gateway about rules and injections. All methods block until it has answered. */
public final class InterceptionClient {

    private static final Duration TO_HOLD = Duration.ofSeconds(30);
    private static final Duration TRIAL_TIMEOUT = Duration.ofMinutes(2);
    private static final long BETWEEN_QUESTIONS_MILLIS = 100;
    private static final String YAML = "application/yaml";

    private final GatewayHttp http;

    InterceptionClient(GatewayHttp http) {
        this.http = http;
    }

    /**
     * Writes a file of rules; returns when they hold in the lab.
     *
     * @throws IOException if the gateway does not answer, or refuses, or they do not come to hold
     */
    public void setRules(String lab, String file, String text)
            throws IOException, InterruptedException {
        http.send(
                http.request("api/rules/" + file)
                        .header("content-type", YAML)
                        .PUT(BodyPublishers.ofString(text)));
        awaitInUse(lab);
    }

    /** Until the lab goes by what the directory says now. */
    private void awaitInUse(String lab) throws IOException, InterruptedException {
        long end = System.nanoTime() + TO_HOLD.toNanos();
        JsonNode rules = http.send(http.request("api/rules"));
        while (!rules.path("labs").path(lab).asString("").equals(rules.get("version").asString())) {
            if (System.nanoTime() > end) {
                throw new IOException("the lab does not take these rules into use: " + rules);
            }
            Thread.sleep(BETWEEN_QUESTIONS_MILLIS);
            rules = http.send(http.request("api/rules"));
        }
    }

    /**
     * Deletes a file of rules; returns when they hold in the lab no longer.
     *
     * @throws IOException if the gateway does not answer, or refuses, or they go on to hold
     */
    public void deleteRules(String lab, String file) throws IOException, InterruptedException {
        http.send(http.request("api/rules/" + file).DELETE());
        awaitInUse(lab);
    }

    /**
     * Asks for one datagram, from and to the same port.
     *
     * @throws IOException if the gateway does not answer, or refuses
     */
    public void inject(
            SessionId session, InstanceName from, InstanceName to, int port, Bytes datagram)
            throws IOException, InterruptedException {
        http.send(
                http.post(
                        "api/sessions/" + session + "/injections",
                        Map.of(
                                "from", from.value(),
                                "to", to.value(),
                                "fromPort", port,
                                "toPort", port,
                                "parts", List.of(Map.of("hex", datagram.toHex())))));
    }

    /**
     * All events that a filter finds, as the API has them, in their order.
     *
     * @throws IOException if the gateway does not answer, or refuses
     */
    public List<JsonNode> events(SessionId session, String filter)
            throws IOException, InterruptedException {
        List<JsonNode> events = new ArrayList<>();
        String path =
                "api/sessions/%s/events?limit=500&filter=%s"
                        .formatted(session, URLEncoder.encode(filter, UTF_8));
        JsonNode page = http.send(http.request(path + "&after=0"));
        while (true) {
            page.get("events").forEach(item -> events.add(item.get("event")));
            if (!page.hasNonNull("next")) {
                return events;
            }
            page = http.send(http.request(path + "&after=" + page.get("next").asLong()));
        }
    }

    /**
     * One event with all that is known of it.
     *
     * @throws IOException if the gateway does not answer, or refuses
     */
    public JsonNode event(SessionId session, long sequence)
            throws IOException, InterruptedException {
        return http.send(http.request("api/sessions/%s/events/%d".formatted(session, sequence)));
    }

    /**
     * How many packets of a lab wait.
     *
     * @throws IOException if the gateway does not answer, or refuses
     */
    public long waiting(String lab) throws IOException, InterruptedException {
        return http.send(http.request("api/held"))
                .get("held")
                .valueStream()
                .filter(held -> held.get("lab").asString().equals(lab))
                .count();
    }

    /**
     * What rules say of the newest packets of a session: {@code events}, {@code changed}.
     *
     * @throws IOException if the gateway does not answer, or refuses
     */
    public JsonNode trial(SessionId session, String rules)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                http.request("api/sessions/" + session + "/rule-trials")
                        .timeout(TRIAL_TIMEOUT)
                        .header("content-type", YAML)
                        .POST(BodyPublishers.ofString(rules));
        return http.send(request);
    }
}
