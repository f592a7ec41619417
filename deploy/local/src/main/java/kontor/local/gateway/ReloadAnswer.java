package kontor.local.gateway;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What the gateway says about a reload.
 *
 * @param phase as the API names it: announced, freezing, restarting ...; completed and failed are
 *     final
 * @param detail why it failed, or what was verified; may be empty
 * @param timings of the phases that are over, in order; only in a final phase
 */
public record ReloadAnswer(
        String id, String service, String phase, String detail, List<Timing> timings) {

    public ReloadAnswer {
        timings = List.copyOf(timings);
    }

    /** How long a phase took. */
    public record Timing(String phase, Duration took) {}

    static ReloadAnswer of(JsonNode answer) {
        return new ReloadAnswer(
                answer.get("id").asString(),
                answer.get("service").asString(),
                answer.get("phase").asString().toLowerCase(Locale.ROOT),
                answer.path("detail").asString(""),
                answer.path("timings").valueStream().map(ReloadAnswer::timing).toList());
    }

    private static Timing timing(JsonNode timing) {
        return new Timing(
                timing.get("phase").asString().toLowerCase(Locale.ROOT),
                Duration.ofNanos(timing.get("tookMicros").asLong() * 1_000));
    }

    public boolean completed() {
        return phase.equals("completed");
    }

    public boolean over() {
        return completed() || phase.equals("failed");
    }
}
