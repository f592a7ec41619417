package kontor.local.gateway;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What the gateway says about a session's continuity.
 *
 * @param verdict clean, incomplete or faulty
 * @param events session events in the database
 * @param deliveries commands that went out
 * @param unanswered of them, without a receipt
 * @param remarks what is faulty, or still on its way; one line each
 */
public record ContinuityAnswer(
        String verdict, long events, long deliveries, long unanswered, List<String> remarks) {

    public ContinuityAnswer {
        remarks = List.copyOf(remarks);
    }

    static ContinuityAnswer of(JsonNode answer) {
        JsonNode counts = answer.get("counts");
        List<String> remarks =
                answer.get("faults").isEmpty()
                        ? answer.get("waitingFor").valueStream().map(JsonNode::asString).toList()
                        : answer.get("faults").valueStream().map(JsonNode::toString).toList();
        return new ContinuityAnswer(
                answer.get("verdict").asString(),
                counts.get("events").asLong(),
                counts.get("deliveries").asLong(),
                counts.get("unanswered").asLong(),
                remarks);
    }

    public boolean clean() {
        return verdict.equals("clean");
    }

    public boolean incomplete() {
        return verdict.equals("incomplete");
    }

    /** One line for a person. */
    public String summary() {
        return "Continuity of the session: %s (%d events, %d commands, %d without a receipt)"
                .formatted(verdict, events, deliveries, unanswered);
    }
}
