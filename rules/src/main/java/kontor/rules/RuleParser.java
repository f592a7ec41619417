package kontor.rules;

import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import kontor.filters.Filter;
import kontor.rules.Packet.Transport;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads one file of rules. What is wrong is a problem with its line; nothing throws. */
final class RuleParser {

    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int MOST_RULES = 1_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,63}");
    private static final List<String> KEYS =
            List.of(
                    "rule",
                    "lab",
                    "from",
                    "to",
                    "protocol",
                    "when",
                    "do",
                    "order",
                    "limit",
                    "until",
                    "dry-run",
                    "enabled");

    /** Of a rule in Java: what is done, its code says. */
    private static final List<String> KEYS_OF_CODE =
            KEYS.stream().filter(key -> !key.equals("do")).toList();

    private final RuleFile file;
    private final RuleNodes nodes;
    private final Map<String, Node> places = new HashMap<>();

    RuleParser(RuleFile file) {
        this.file = file;
        this.nodes = new RuleNodes(file.name());
    }

    List<RuleProblem> problems() {
        return nodes.problems();
    }

    /** A rule of the same name stands before it. */
    void duplicate(Rule rule) {
        Node place = places.get(rule.name());
        if (place != null) {
            nodes.problem(
                    place,
                    "another rule is called \"%s\"; each needs a name of its own"
                            .formatted(rule.name()));
        }
    }

    /** The rules that are in use; those that are wrong are left out. */
    List<Rule> parse() {
        if (CodeFile.isCode(file.name())) {
            return parseCode();
        }
        if (file.text().length() > MOST_CHARACTERS) {
            nodes.problem(1, 1, "the file is larger than 1 MiB: no file of rules");
            return List.of();
        }
        Node root = compose(file.text());
        if (root == null) {
            return List.of();
        }
        Node list = root;
        if (root instanceof MappingNode mapping) {
            Map<String, Node> keys = nodes.keys(mapping, List.of("rules"));
            Node rules = keys.get("rules");
            if (rules == null) {
                nodes.problem(root, "expected \"rules:\" with a list of rules");
                return List.of();
            }
            list = rules;
        }
        if (!(list instanceof SequenceNode sequence)) {
            nodes.problem(list, "expected a list of rules, each beginning with \"- rule: NAME\"");
            return List.of();
        }
        List<Rule> rules = new ArrayList<>();
        for (Node node : sequence.getValue()) {
            if (rules.size() >= MOST_RULES) {
                nodes.problem(node, "more than %d rules".formatted(MOST_RULES));
                break;
            }
            Rule rule = rule(node, KEYS);
            if (rule != null) {
                rules.add(rule);
            }
        }
        return rules;
    }

    /** The code is not looked at: compiling is for others. */
    private List<Rule> parseCode() {
        String wrong = CodeFile.problem(file);
        String keys = CodeFile.keys(file);
        if (wrong != null || keys == null) {
            nodes.problem(
                    1,
                    1,
                    wrong != null
                            ? wrong
                            : "expected a comment with the keys of a rule at the beginning:"
                                    + " /* rule: NAME */");
            return List.of();
        }
        Node root = compose(keys);
        if (root == null) {
            if (nodes.problems().isEmpty()) {
                nodes.problem(1, 1, "the comment at the beginning has no \"rule:\"");
            }
            return List.of();
        }
        Rule rule = rule(root, KEYS_OF_CODE);
        return rule == null ? List.of() : List.of(rule);
    }

    private @Nullable Node compose(String text) {
        try {
            return new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            nodes.problem(
                    mark == null ? 1 : mark.getLine() + 1,
                    mark == null ? 1 : mark.getColumn() + 1,
                    String.valueOf(e.getProblem()));
        } catch (YAMLException e) {
            nodes.problem(1, 1, String.valueOf(e.getMessage()));
        }
        return null;
    }

    /** Null if something in it is wrong, or it is switched off. */
    private @Nullable Rule rule(Node node, List<String> allowed) {
        int before = nodes.problems().size();
        if (!(node instanceof MappingNode mapping)) {
            nodes.problem(node, "expected a rule, beginning with \"rule: NAME\"");
            return null;
        }
        Map<String, Node> keys = nodes.keys(mapping, allowed);
        String name = name(mapping, keys.get("rule"));
        Set<InstanceName> from = instances(keys.get("from"));
        Set<InstanceName> to = instances(keys.get("to"));
        Transport transport = transport(keys.get("protocol"));
        Filter when = filter(keys.get("when"));
        List<RuleAction> actions =
                allowed.contains("do")
                        ? actions(node, keys.get("do"), transport)
                        : List.of(new RuleAction.Code(RuleSet.version(List.of(file))));
        long order = nodes.number(keys.get("order"), 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
        Node limitNode = keys.get("limit");
        Long limit = limitNode == null ? null : nodes.number(limitNode, 1, 1, Long.MAX_VALUE);
        Long until = until(keys.get("until"));
        boolean dryRun = nodes.flag(keys.get("dry-run"), false);
        boolean enabled = nodes.flag(keys.get("enabled"), true);
        Set<String> labs = new LinkedHashSet<>(nodes.texts(keys.get("lab")));
        if (nodes.problems().size() > before) {
            return null;
        }
        places.put(name, node);
        return !enabled
                ? null
                : new Rule(
                        name,
                        file.name(),
                        labs,
                        from,
                        to,
                        transport,
                        when,
                        actions,
                        (int) order,
                        limit,
                        until,
                        dryRun);
    }

    private List<RuleAction> actions(
            Node rule, @Nullable Node what, @Nullable Transport transport) {
        if (what == null) {
            nodes.problem(rule, "expected \"do:\" with a list of actions");
            return List.of();
        }
        return new ActionParser(nodes).actions(what, transport);
    }

    private String name(MappingNode rule, @Nullable Node node) {
        String name = node == null ? "" : nodes.text(node);
        if (node == null) {
            nodes.problem(rule, "expected \"rule:\" with a name");
        } else if (!NAME.matcher(name).matches()) {
            nodes.problem(
                    node, "a rule's name has letters, digits, spaces, dots, - and _, 64 at most");
        }
        return name;
    }

    private Set<InstanceName> instances(@Nullable Node node) {
        Set<InstanceName> names = new LinkedHashSet<>();
        for (String text : nodes.texts(node)) {
            try {
                names.add(new InstanceName(text));
            } catch (IllegalArgumentException e) {
                nodes.problem(
                        java.util.Objects.requireNonNull(node),
                        "\"%s\" is no name of an instance".formatted(text));
            }
        }
        return names;
    }

    private @Nullable Transport transport(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        return switch (nodes.text(node).toLowerCase(Locale.ROOT)) {
            case "udp" -> Transport.UDP;
            case "tcp" -> Transport.TCP;
            default -> {
                nodes.problem(node, "allowed are udp and tcp");
                yield null;
            }
        };
    }

    private Filter filter(@Nullable Node node) {
        return nodes.filter(node);
    }

    private @Nullable Long until(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        try {
            return Micros.of(Instant.parse(nodes.text(node)));
        } catch (DateTimeException e) {
            nodes.problem(node, "expected a time in UTC, as 2026-11-30T18:00:00Z");
            return null;
        }
    }
}
