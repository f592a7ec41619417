package kontor.gateway.events;

import java.util.HashMap;
import java.util.Map;

/**
 * Puts a kind of event into one line for a person. The same line from Kafka and from the database.
 */
public final class Descriptions {

    private static final long MICROS_PER_MILLI = 1_000;

    private Descriptions() {}

    /**
     * @param type as {@link EventSummary#type()}
     * @param length payload bytes, 0 where there is no payload
     * @param detail further fields of that kind of event as log and tables have them: protobuf JSON
     *     names, words in lower case, messages as maps; those at their default may be missing
     */
    public static String of(String type, int length, Map<String, ?> detail) {
        Map<String, String> facts = new HashMap<>();
        detail.forEach((name, value) -> put(facts, name, value));
        return line(type, length, facts);
    }

    /** Fields of messages as {@code message.field}. */
    private static void put(Map<String, String> facts, String name, Object value) {
        if (value instanceof Map<?, ?> message) {
            message.forEach((field, inner) -> put(facts, name + "." + field, inner));
        } else {
            facts.put(name, String.valueOf(value));
        }
    }

    private static String line(String type, int length, Map<String, String> facts) {
        return switch (type) {
            case "session_started" -> "session " + facts.getOrDefault("ordinal", "") + " begins";
            case "session_ended" -> "session ends: " + word(facts, "reason");
            case "run_started" -> "adapter begins a run";
            case "run_stopped" -> "adapter ends its run in good order";
            case "flow_opened" -> "opens a connection";
            case "flow_accepted" -> "accepts the connection";
            case "flow_refused" -> "connection " + word(facts, "cause") + detail(facts);
            case "flow_data" -> bytes(length) + " at " + facts.getOrDefault("streamOffset", "0");
            case "flow_half_closed" ->
                    "ends its output after " + bytes(facts.getOrDefault("streamLength", "0"));
            case "flow_reset" ->
                    "resets the connection after "
                            + bytes(facts.getOrDefault("streamLength", "0"))
                            + detail(facts);
            case "datagram" -> bytes(length);
            case "flow_stalled" ->
                    "does not keep up: "
                            + bytes(facts.getOrDefault("waitingBytes", "0"))
                            + " wait for it";
            case "flow_drained" -> "has caught up";
            case "flow_confirmed" ->
                    "has been given "
                            + bytes(facts.getOrDefault("streamOffset", "0"))
                            + " of the other side";
            case "datagrams_missed" ->
                    facts.getOrDefault("count", "0")
                            + " datagrams missed: "
                            + word(facts, "cause")
                            + place(facts);
            case "stranger_seen" -> stranger(facts);
            case "rules_changed" -> rules(facts);
            case "held_released" ->
                    "number "
                            + facts.getOrDefault("number", "0")
                            + " waits no longer"
                            + (facts.getOrDefault("author", "").isEmpty()
                                    ? ""
                                    : ", says " + facts.get("author"));
            case "injection" -> bytes(length) + " that no game sent" + author(facts);
            case "game_frozen" -> "stands still (" + word(facts, "method") + ")";
            case "game_thawed" ->
                    "goes on after "
                            + Long.parseLong(facts.getOrDefault("frozenMicros", "0"))
                                    / MICROS_PER_MILLI
                            + " ms: "
                            + word(facts, "cause");
            case "freeze_failed" -> "cannot be frozen" + detail(facts);
            default -> type.replace('_', ' ');
        };
    }

    private static String rules(Map<String, String> facts) {
        String version = facts.getOrDefault("version", "");
        return (version.isEmpty() ? "no rules hold from here on" : "rules %s hold from here on")
                        .formatted(version)
                + (facts.getOrDefault("author", "").isEmpty()
                        ? ", without one that failed again and again"
                        : ", set by " + facts.get("author"));
    }

    private static String author(Map<String, String> facts) {
        String author = facts.getOrDefault("author", "");
        return author.isEmpty() ? "" : ", by " + author;
    }

    private static String stranger(Map<String, String> facts) {
        String packets = facts.getOrDefault("packets", "0");
        boolean udp = word(facts, "protocol").equals("udp");
        String what =
                "%s %s%s"
                        .formatted(
                                packets,
                                udp ? "datagram" : "connection",
                                packets.equals("1") ? "" : "s");
        String source = facts.getOrDefault("sourceAddress", "");
        String from =
                source.isEmpty()
                        ? "further strangers"
                        : "a stranger, %s:%s, to %s:%s"
                                .formatted(
                                        source,
                                        facts.getOrDefault("sourcePort", "0"),
                                        facts.getOrDefault("destinationAddress", ""),
                                        facts.getOrDefault("destinationPort", "0"));
        return "%s from %s: %s".formatted(what, from, udp ? "ignored" : "reset");
    }

    private static String bytes(int count) {
        return bytes(Integer.toString(count));
    }

    private static String bytes(String count) {
        return count + (count.equals("1") ? " byte" : " bytes");
    }

    private static String word(Map<String, String> facts, String name) {
        return facts.getOrDefault(name, "unspecified").replace('_', ' ');
    }

    private static String place(Map<String, String> facts) {
        return facts.containsKey("socket.address")
                ? " " + facts.get("socket.address") + ":" + facts.get("socket.port")
                : "";
    }

    private static String detail(Map<String, String> facts) {
        String detail = facts.getOrDefault("detail", "");
        return detail.isEmpty() ? "" : " (" + detail + ")";
    }
}
