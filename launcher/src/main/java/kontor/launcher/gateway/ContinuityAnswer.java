package kontor.launcher.gateway;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the gateway says about a session's continuity.
 *
 * @param verdict clean, lossy, unconfirmed, incomplete or faulty
 * @param events session events in the database
 * @param deliveries commands that went out
 * @param unanswered of them, without a receipt
 * @param checks those that were made, with the number of their faults
 * @param faults each with its place; not all, where they are many
 * @param waitingFor what is still on its way; one line each
 * @param unconfirmed what adapters could not confirm before they ended; one line each
 * @param losses datagrams that adapters say were lost, by place; one line each
 * @param json all of the answer
 */
public record ContinuityAnswer(
        String verdict,
        long events,
        long deliveries,
        long unanswered,
        Map<String, Long> checks,
        List<Fault> faults,
        List<String> waitingFor,
        List<String> unconfirmed,
        List<String> losses,
        String json) {

    public ContinuityAnswer {
        checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
        faults = List.copyOf(faults);
        waitingFor = List.copyOf(waitingFor);
        unconfirmed = List.copyOf(unconfirmed);
        losses = List.copyOf(losses);
    }

    /**
     * One place where something does not hold.
     *
     * @param sequence session sequence where it shows
     */
    public record Fault(String check, long sequence, String detail) {}

    static ContinuityAnswer of(JsonNode answer) {
        JsonNode counts = answer.get("counts");
        Map<String, Long> checks = new LinkedHashMap<>();
        answer.get("checks")
                .properties()
                .forEach(check -> checks.put(check.getKey(), check.getValue().asLong()));
        return new ContinuityAnswer(
                answer.get("verdict").asString(),
                counts.get("events").asLong(),
                counts.get("deliveries").asLong(),
                counts.get("unanswered").asLong(),
                checks,
                answer.get("faults").valueStream().map(ContinuityAnswer::fault).toList(),
                answer.get("waitingFor").valueStream().map(JsonNode::asString).toList(),
                answer.path("unconfirmed")
                        .valueStream()
                        .map(ContinuityAnswer::unconfirmed)
                        .toList(),
                answer.path("losses").valueStream().map(ContinuityAnswer::loss).toList(),
                answer.toPrettyString());
    }

    private static Fault fault(JsonNode fault) {
        return new Fault(
                fault.get("check").asString(),
                fault.get("sequence").asLong(),
                fault.get("detail").asString());
    }

    private static String unconfirmed(JsonNode run) {
        return "receipts at %d: the adapter of %s stopped with %d commands unconfirmed"
                .formatted(
                        run.get("sequence").asLong(),
                        run.get("instance").asString(),
                        run.get("commands").asLong());
    }

    private static String loss(JsonNode loss) {
        String cause = loss.get("cause").asString();
        String where =
                switch (cause) {
                    case "socket_buffer" ->
                            "at the adapter's socket " + loss.path("socket").asString("");
                    case "game_socket" ->
                            "at the game's socket " + loss.path("socket").asString("");
                    case "spool_full" -> "because the adapter's spool was full";
                    default -> "cause: " + cause;
                };
        return "lost at %d: the adapter of %s counted %d datagrams %s"
                .formatted(
                        loss.get("sequence").asLong(),
                        loss.get("instance").asString(),
                        loss.get("datagrams").asLong(),
                        where.strip());
    }

    public boolean clean() {
        return verdict.equals("clean");
    }

    public boolean incomplete() {
        return verdict.equals("incomplete");
    }

    /** What is faulty, pending, for ever open or lost; one line each. */
    public List<String> remarks() {
        return faults.isEmpty()
                ? Stream.of(waitingFor, unconfirmed, losses).flatMap(List::stream).toList()
                : faults.stream()
                        .map(fault ->
                                "%s at %d: %s"
                                        .formatted(fault.check(), fault.sequence(), fault.detail()))
                        .toList();
    }

    /** One line for a person. */
    public String summary() {
        return "Continuity of the session: %s (%d events, %d commands, %d without a receipt)"
                .formatted(verdict, events, deliveries, unanswered);
    }
}
