package kontor.filters;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import kontor.filters.evaluation.EventFacts;
import kontor.filters.evaluation.MessageFacts;
import kontor.filters.expression.Value;
import org.jspecify.annotations.Nullable;

/** A session whose events and messages have few different values, so that filters meet them. */
final class RandomSession {

    static final List<String> TEXTS =
            List.of(
                    "a",
                    "ab",
                    "AB",
                    "game1",
                    "game2",
                    "relayed",
                    "dropped",
                    "flow_data",
                    "PING",
                    "x642",
                    "",
                    "W\u00f6rld",
                    "\uD83D\uDE00",
                    "\uFFFD",
                    "q\"\\",
                    "whole");

    static final Instant START = Instant.parse("2026-11-28T18:00:00Z");

    /**
     * @param found its messages, with their fields as the table has them
     */
    record Entry(EventFacts event, boolean fromOpener, List<Found> found) {}

    /** A message and its tree of fields in JSON. */
    record Found(MessageFacts facts, String fields) {}

    final UUID id = UUID.randomUUID();
    final List<Entry> entries = new ArrayList<>();
    private final Random random;

    RandomSession(Random random, int events) {
        this.random = random;
        for (int i = 1; i <= events; i++) {
            List<Found> found = new ArrayList<>();
            for (int n = random.nextInt(4) - 1; n > 0; n--) {
                found.add(message());
            }
            entries.add(new Entry(event(i), random.nextBoolean(), found));
        }
    }

    private EventFacts event(long sequence) {
        Instant at = START.plusNanos(1000L * random.nextInt(8) * random.nextInt(1_200_000));
        return new EventFacts(
                sequence,
                one(List.of("flow_data", "datagram", "a")),
                at,
                START,
                random.nextInt(5) == 0 ? null : one(List.of("game1", "game2")),
                random.nextBoolean()
                        ? List.of()
                        : one(List.of(List.of("game2"), List.of("a", "game1"))),
                one(List.of("relayed", "dropped")),
                random.nextInt(5) == 0 ? null : flow(),
                random.nextInt(4) == 0 ? null : bytes(),
                random.nextInt(4) == 0 ? bytes() : null,
                random.nextInt(3) == 0 ? List.of(one(TEXTS), one(TEXTS)) : List.of());
    }

    private EventFacts.Flow flow() {
        return new EventFacts.Flow(
                1 + random.nextInt(1_000_000_000),
                one(List.of("tcp", "udp")),
                random.nextInt(6) == 0 ? null : one(List.of("127.1.0.1", "10.0.0.2", "10.0.0.5")),
                one(List.of(2350, 47624, 22)),
                one(List.of("127.1.0.2", "10.0.0.2")),
                one(List.of(2350, 3)));
    }

    private Value.Octets bytes() {
        StringBuilder latin1 = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            latin1.append("ab\u0000\u00ffcd".charAt(random.nextInt(6)));
        }
        return new Value.Octets(latin1.toString());
    }

    private Found message() {
        Map<String, List<Object>> fields = new HashMap<>();
        String json = tree(0, fields);
        boolean whole = random.nextBoolean();
        MessageFacts facts =
                new MessageFacts(
                        one(List.of("dplay", "x642")),
                        one(TEXTS),
                        one(TEXTS),
                        whole ? "whole" : "malformed",
                        whole ? null : one(TEXTS),
                        one(List.of("anno", "other")),
                        random.nextInt(5),
                        fields);
        return new Found(facts, json);
    }

    private String tree(int depth, Map<String, List<Object>> fields) {
        List<String> nodes = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
            String name = one(FIELDS);
            @Nullable Object value = value(name);
            List<Object> values = fields.computeIfAbsent(name, k -> new ArrayList<>());
            if (value != null) {
                values.add(value);
            }
            String children =
                    depth < 3 && random.nextInt(3) == 0
                            ? ",\"children\":" + tree(depth + 1, fields)
                            : "";
            nodes.add(
                    ("{\"name\":\"%s\",\"label\":\"l\",\"offset\":0,\"length\":1,"
                                    + "%s\"display\":\"d\"%s}")
                            .formatted(
                                    name,
                                    value == null ? "" : "\"value\":" + json(value) + ",",
                                    children));
        }
        return "[" + String.join(",", nodes) + "]";
    }

    private static final List<String> FIELDS =
            List.of(
                    "dplay.command",
                    "dplay.command",
                    "x642.amount",
                    "x642.amount",
                    "x642.stock",
                    "x642.action",
                    "x642.ratio",
                    "x642.pause",
                    "x642.chat.text",
                    "dplay.flags.secure",
                    "dplay.unknown",
                    "dplay.saddr.ip",
                    "dplay.pp",
                    "other.field");

    /** Now and then of a kind that was not declared. */
    private @Nullable Object value(String name) {
        if (random.nextInt(12) == 0) {
            return random.nextBoolean()
                    ? null
                    : one(List.<Object>of("text", 1L, true, "10.0.0.2", "6162"));
        }
        return switch (name) {
            case "dplay.command", "x642.action", "x642.amount", "x642.stock" ->
                    one(List.<Object>of(0L, 1L, 2L, 3L, 7L, 22L, -5L, 2350L, 2.5));
            case "x642.ratio", "x642.pause" -> one(List.<Object>of(1.5, 0.25, 2L, 0.0012, -2.0));
            case "x642.chat.text" -> one(TEXTS);
            case "dplay.flags.secure" -> random.nextBoolean();
            case "dplay.unknown" ->
                    one(List.of("", "61", "6162", "ff00", "61626364", "FF00", "616"));
            case "dplay.saddr.ip" -> one(List.of("10.0.0.2", "127.1.0.1", "10.0.0.02", "10.0.0"));
            case "dplay.pp" -> null;
            default -> one(TEXTS);
        };
    }

    private static String json(Object value) {
        return value instanceof String text
                ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                : value.toString();
    }

    static byte @Nullable [] array(Value.@Nullable Octets octets) {
        return octets == null ? null : octets.latin1().getBytes(StandardCharsets.ISO_8859_1);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
