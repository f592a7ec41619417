package kontor.launcher.gateway;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What the gateway says about a reload.
 *
 * @param phase as the API names it: requested, announced, freezing, restarting ...; completed and
 *     failed are final
 * @param result why it failed, or what was found; may be empty
 * @param phases those that are over, in order
 */
public record ReloadAnswer(
        String id, String service, String phase, String result, List<Timing> phases) {

    /** How the coordinator of reloads begins its words about a session that is not whole. */
    private static final String FAULTY = "CONTINUITY NOT CLEAN";

    public ReloadAnswer {
        phases = List.copyOf(phases);
    }

    /** How long a phase took. */
    public record Timing(String phase, Duration took) {}

    static ReloadAnswer of(JsonNode answer) {
        return new ReloadAnswer(
                answer.get("id").asString(),
                answer.get("service").asString(),
                answer.get("phase").asString(),
                answer.path("result").asString(""),
                answer.path("phases").valueStream().map(ReloadAnswer::timing).toList());
    }

    private static Timing timing(JsonNode timing) {
        return new Timing(
                timing.get("phase").asString(),
                Duration.ofNanos(timing.get("tookMicros").asLong() * 1_000));
    }

    public boolean completed() {
        return phase.equals("completed");
    }

    /** Whether the session was looked at, and something in it is missing or wrong. */
    public boolean foundFaults() {
        return result.startsWith(FAULTY);
    }

    public boolean over() {
        return completed() || phase.equals("failed");
    }
}
