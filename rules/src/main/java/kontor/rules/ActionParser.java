package kontor.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kontor.filters.Filter;
import kontor.rules.Packet.Transport;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the list of actions of a rule. */
final class ActionParser {

    private static final String ALLOWED =
            "allowed are set, patch, replace, drop, duplicate, tag, impair, delay and hold";
    private static final int MOST_COPIES = 100;
    private static final int LARGEST = 65_507;
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,4})?) ?%");
    private static final Pattern TIME =
            Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?) ?(ms|s|min)");
    private static final Pattern RATE =
            Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?) ?(B|kB|MB|kbit|Mbit)/s");

    /** DirectPlay gives up after 5 s. */
    private static final long HOLD_MICROS = 4_000_000;

    /** A game that is forgotten goes on after this time. */
    private static final long FREEZE_MICROS = 600_000_000;

    private static final long QUEUE_MICROS = 1_000_000;
    private static final BigDecimal PER_MILLION_IN_A_PERCENT = BigDecimal.valueOf(10_000);
    private static final int MILLION = 1_000_000;

    private final RuleNodes nodes;

    ActionParser(RuleNodes nodes) {
        this.nodes = nodes;
    }

    /**
     * @param transport of the rule; null: both
     */
    List<RuleAction> actions(Node node, @Nullable Transport transport) {
        List<Node> each = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        List<RuleAction> actions = new ArrayList<>();
        for (Node one : each) {
            RuleAction action = action(one);
            if (action instanceof RuleAction.Impair && transport != Transport.UDP) {
                nodes.problem(
                        one,
                        "impair is for datagrams: the rule needs \"protocol: udp\", since a stream"
                                + " cannot lose a part of itself");
            }
            if (action != null) {
                actions.add(action);
            }
        }
        if (actions.isEmpty() && nodes.problems().isEmpty()) {
            nodes.problem(node, "expected an action; " + ALLOWED);
        }
        return actions;
    }

    private @Nullable RuleAction action(Node node) {
        if (node instanceof ScalarNode scalar) {
            switch (scalar.getValue()) {
                case "drop" -> {
                    return new RuleAction.Drop();
                }
                case "hold" -> {
                    return new RuleAction.Hold(HOLD_MICROS, 0);
                }
                default -> {}
            }
            nodes.problem(node, "unknown action \"%s\"; %s".formatted(scalar.getValue(), ALLOWED));
            return null;
        }
        if (!(node instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
            nodes.problem(node, "expected an action; " + ALLOWED);
            return null;
        }
        NodeTuple first = mapping.getValue().getFirst();
        String kind = nodes.text(first.getKeyNode());
        return switch (kind) {
            case "set" -> set(mapping);
            case "patch" -> patch(mapping);
            case "replace" -> replace(mapping);
            case "duplicate" -> duplicate(mapping);
            case "tag" -> tag(mapping);
            case "impair" -> impair(mapping);
            case "delay" -> delay(mapping);
            case "hold" -> hold(mapping);
            default -> {
                nodes.problem(node, "unknown action \"%s\"; %s".formatted(kind, ALLOWED));
                yield null;
            }
        };
    }

    private @Nullable RuleAction set(MappingNode mapping) {
        Map<String, Node> keys = nodes.keys(mapping, List.of("set", "to", "where", "mask"));
        Node field = keys.get("set");
        Node to = keys.get("to");
        if (field == null || to == null) {
            nodes.problem(mapping, "\"set: FIELD\" needs \"to: VALUE\"");
            return null;
        }
        String name = nodes.text(field);
        if (!name.contains(".") || RuleFields.LANGUAGE.catalogue().find(name).isEmpty()) {
            List<String> near = RuleFields.LANGUAGE.catalogue().near(name);
            nodes.problem(
                    field,
                    "there is no field \"%s\" in messages%s"
                            .formatted(
                                    name,
                                    near.isEmpty() ? "" : "; near is " + String.join(", ", near)));
        }
        Node where = keys.get("where");
        @Nullable Filter chosen = where == null ? null : nodes.filter(where);
        long mask = nodes.number(keys.get("mask"), RuleAction.SetField.ALL, 1, Long.MAX_VALUE);
        return new RuleAction.SetField(name, nodes.text(to), chosen, mask);
    }

    private RuleAction patch(MappingNode mapping) {
        Map<String, Node> keys = nodes.keys(mapping, List.of("patch", "bytes", "length"));
        Node with = keys.get("bytes");
        if (with == null) {
            nodes.problem(mapping, "\"patch: OFFSET\" needs \"bytes: HEX\"");
        }
        Bytes bytes = with == null ? Bytes.empty() : bytes(with);
        long at = nodes.number(keys.get("patch"), 0, -LARGEST, LARGEST);
        long length = nodes.number(keys.get("length"), bytes.length(), 0, LARGEST);
        return new RuleAction.Patch((int) at, (int) length, bytes);
    }

    private RuleAction replace(MappingNode mapping) {
        Node with = nodes.keys(mapping, List.of("replace")).get("replace");
        return new RuleAction.Replace(with == null ? Bytes.empty() : bytes(with));
    }

    private RuleAction duplicate(MappingNode mapping) {
        Node times = nodes.keys(mapping, List.of("duplicate")).get("duplicate");
        return new RuleAction.Duplicate((int) nodes.number(times, 2, 2, MOST_COPIES));
    }

    private RuleAction tag(MappingNode mapping) {
        Node node = nodes.keys(mapping, List.of("tag")).get("tag");
        String tag = node == null ? "" : nodes.text(node);
        if (!TAG.matcher(tag).matches()) {
            nodes.problem(mapping, "a tag has letters, digits, dots, - and _, 64 at most");
        }
        return new RuleAction.Tag(tag);
    }

    private @Nullable RuleAction impair(MappingNode mapping) {
        Node node = nodes.keys(mapping, List.of("impair")).get("impair");
        if (!(node instanceof MappingNode how)) {
            nodes.problem(mapping, "expected impair: { loss: 5 %, delay: 50 ms, seed: 7 }");
            return null;
        }
        Map<String, Node> keys =
                nodes.keys(
                        how,
                        List.of(
                                "loss",
                                "duplicate",
                                "delay",
                                "jitter",
                                "reorder",
                                "rate",
                                "queue",
                                "seed"));
        return new RuleAction.Impair(
                nodes.number(keys.get("seed"), 0, Long.MIN_VALUE, Long.MAX_VALUE),
                perMillion(keys.get("loss")),
                perMillion(keys.get("duplicate")),
                micros(keys.get("delay"), 0),
                micros(keys.get("jitter"), 0),
                perMillion(keys.get("reorder")),
                bytesPerSecond(keys.get("rate")),
                micros(keys.get("queue"), QUEUE_MICROS));
    }

    private RuleAction delay(MappingNode mapping) {
        Map<String, Node> keys = nodes.keys(mapping, List.of("delay", "jitter", "seed"));
        return new RuleAction.Impair(
                nodes.number(keys.get("seed"), 0, Long.MIN_VALUE, Long.MAX_VALUE),
                0,
                0,
                micros(keys.get("delay"), 0),
                micros(keys.get("jitter"), 0),
                0,
                0,
                QUEUE_MICROS);
    }

    private RuleAction hold(MappingNode mapping) {
        Map<String, Node> keys = nodes.keys(mapping, List.of("hold", "freeze"));
        return new RuleAction.Hold(
                micros(keys.get("hold"), HOLD_MICROS), freezeMicros(keys.get("freeze")));
    }

    /** A truth, or the longest time. */
    private long freezeMicros(@Nullable Node node) {
        return switch (node == null ? "false" : nodes.text(node)) {
            case "true" -> FREEZE_MICROS;
            case "false" -> 0;
            default -> micros(node, 0);
        };
    }

    private long micros(@Nullable Node node, long otherwise) {
        if (node == null) {
            return otherwise;
        }
        var time = TIME.matcher(nodes.text(node));
        if (time.matches()) {
            long unit =
                    switch (time.group(2)) {
                        case "ms" -> 1_000;
                        case "s" -> 1_000_000;
                        default -> 60_000_000;
                    };
            return new BigDecimal(time.group(1)).multiply(BigDecimal.valueOf(unit)).longValue();
        }
        nodes.problem(node, "expected a time below 1,000 minutes, as 50 ms, 4.5 s or 2 min");
        return otherwise;
    }

    private long bytesPerSecond(@Nullable Node node) {
        if (node == null) {
            return 0;
        }
        var rate = RATE.matcher(nodes.text(node));
        if (rate.matches()) {
            long unit =
                    switch (rate.group(2)) {
                        case "kB" -> 1_000;
                        case "MB" -> 1_000_000;
                        case "kbit" -> 125;
                        case "Mbit" -> 125_000;
                        default -> 1;
                    };
            long bytes =
                    new BigDecimal(rate.group(1)).multiply(BigDecimal.valueOf(unit)).longValue();
            if (bytes > 0) {
                return bytes;
            }
        }
        nodes.problem(node, "expected a rate, as 500 B/s, 20 kB/s or 56 kbit/s");
        return 0;
    }

    private int perMillion(@Nullable Node node) {
        if (node == null) {
            return 0;
        }
        var percent = PERCENT.matcher(nodes.text(node));
        if (percent.matches()) {
            BigDecimal amount = new BigDecimal(percent.group(1)).multiply(PER_MILLION_IN_A_PERCENT);
            if (amount.compareTo(BigDecimal.valueOf(MILLION)) <= 0) {
                return amount.intValue();
            }
        }
        nodes.problem(node, "expected a share from 0 % to 100 %, as \"2.5 %\"");
        return 0;
    }

    private Bytes bytes(Node node) {
        String digits = nodes.text(node).replaceAll("[\\s:]", "");
        try {
            return Bytes.owning(HexFormat.of().parseHex(digits));
        } catch (IllegalArgumentException e) {
            nodes.problem(node, "expected bytes as hexadecimal digits, as \"00 1f a2\"");
            return Bytes.empty();
        }
    }
}
