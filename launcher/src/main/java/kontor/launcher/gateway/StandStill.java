package kontor.launcher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Lets games of a lab stand still, and waits until each says so in the session. */
final class StandStill {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private static final String FAILED = "freeze_failed";
    private static final String ANSWERS = "event.type in {\"game_frozen\" \"" + FAILED + "\"}";

    private final GatewayHttp http;
    private final String lab;

    StandStill(GatewayHttp http, String lab) {
        this.http = http;
        this.lab = lab;
    }

    /**
     * @param games by their names; of others it does not matter whether they stand still
     * @throws IOException if one of them does not; says why, and all go on
     */
    FrozenMoment begin(Set<String> games, Duration longest)
            throws IOException, InterruptedException {
        JsonNode session =
                http.send(http.request("api/sessions?limit=200"))
                        .get("sessions")
                        .valueStream()
                        .filter(each -> each.get("lab").asString().equals(lab))
                        .filter(each -> !each.hasNonNull("endedAt"))
                        .findFirst()
                        .orElseThrow(() -> new IOException("no session of lab " + lab + " runs"));
        String id = session.get("id").asString();
        long before = session.get("lastSequence").asLong();
        String freeze =
                http.send(
                                http.post(
                                        "api/labs/" + lab + "/freeze",
                                        Map.of("seconds", longest.toSeconds())))
                        .get("freezeId")
                        .asString();
        try {
            return new FrozenMoment(freeze, id, lastOf(freeze, id, before, games));
        } catch (IOException | InterruptedException e) {
            try {
                end(freeze);
            } catch (IOException | InterruptedException inTurn) {
                e.addSuppressed(inTurn); // They go on by themselves when the time is up.
            }
            throw e;
        }
    }

    /** The sequence at which the last game stood still. */
    private long lastOf(String freeze, String session, long before, Set<String> games)
            throws IOException, InterruptedException {
        Set<String> waiting = new TreeSet<>(games);
        long moment = before;
        long seen = before;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            for (JsonNode item : answersBehind(session, seen)) {
                JsonNode event = item.get("event");
                seen = event.get("sequence").asLong();
                String game = event.path("instance").asString("");
                if (waiting.contains(game) && answers(freeze, session, event)) {
                    waiting.remove(game);
                    moment = seen;
                }
            }
            if (waiting.isEmpty()) {
                return moment;
            }
            if (System.nanoTime() > end) {
                throw new IOException(
                        "%s do not stand still after %d s"
                                .formatted(waiting, PATIENCE.toSeconds()));
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private JsonNode answersBehind(String session, long sequence)
            throws IOException, InterruptedException {
        return http.send(
                        http.request(
                                "api/sessions/%s/events?after=%d&limit=1000&filter=%s"
                                        .formatted(
                                                session,
                                                sequence,
                                                URLEncoder.encode(ANSWERS, UTF_8))))
                .get("events");
    }

    /**
     * Whether an event answers this freeze, and none before it.
     *
     * @throws IOException if it says that the game cannot be frozen
     */
    private boolean answers(String freeze, String session, JsonNode event)
            throws IOException, InterruptedException {
        JsonNode said =
                http.send(
                                http.request(
                                        "api/sessions/%s/events/%d"
                                                .formatted(
                                                        session, event.get("sequence").asLong())))
                        .get("detail");
        if (!said.path("freezeId").asString("").equals(freeze)) {
            return false;
        }
        if (event.get("type").asString().equals(FAILED)) {
            throw new IOException(
                    "%s cannot be frozen: %s"
                            .formatted(
                                    event.get("instance").asString(),
                                    said.path("detail").asString("no reason is given")));
        }
        return true;
    }

    /** Lets the games go on. */
    void end(String freeze) throws IOException, InterruptedException {
        http.send(http.post("api/labs/" + lab + "/thaw", Map.of("freezeId", freeze)));
    }
}
