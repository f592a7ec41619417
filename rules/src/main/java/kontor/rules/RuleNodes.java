package kontor.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kontor.filters.Compilation;
import kontor.filters.Filter;
import kontor.filters.syntax.Problem;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Values of nodes, and what is wrong with them. */
final class RuleNodes {

    private final String file;
    private final List<RuleProblem> problems = new ArrayList<>();

    RuleNodes(String file) {
        this.file = file;
    }

    List<RuleProblem> problems() {
        return problems;
    }

    void problem(Node node, String message) {
        problem(node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, message);
    }

    void problem(int line, int column, String message) {
        problems.add(new RuleProblem(file, line, column, message));
    }

    /** The values of a mapping by key; others than the allowed ones are problems. */
    Map<String, Node> keys(MappingNode mapping, List<String> allowed) {
        Map<String, Node> values = new LinkedHashMap<>();
        for (NodeTuple pair : mapping.getValue()) {
            String key = pair.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!allowed.contains(key)) {
                problem(
                        pair.getKeyNode(),
                        "unknown key \"%s\"; allowed are %s"
                                .formatted(key, String.join(", ", allowed)));
            } else if (values.put(key, pair.getValueNode()) != null) {
                problem(pair.getKeyNode(), "\"%s\" stands here twice".formatted(key));
            }
        }
        return values;
    }

    /** Its text; "" and a problem if it is none. */
    String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        problem(node, "expected a text or a number");
        return "";
    }

    /** One text, or a list of them; empty for a missing node. */
    List<String> texts(@Nullable Node node) {
        if (node == null) {
            return List.of();
        }
        return node instanceof SequenceNode sequence
                ? sequence.getValue().stream().map(this::text).toList()
                : List.of(text(node));
    }

    long number(@Nullable Node node, long otherwise, long least, long most) {
        if (node == null) {
            return otherwise;
        }
        try {
            long number = Long.decode(text(node).replace("_", ""));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        problem(node, "expected a number from %d to %d".formatted(least, most));
        return otherwise;
    }

    boolean flag(@Nullable Node node, boolean otherwise) {
        if (node == null) {
            return otherwise;
        }
        return switch (text(node)) {
            case "true" -> true;
            case "false" -> false;
            default -> {
                problem(node, "allowed are true and false");
                yield otherwise;
            }
        };
    }

    /** A filter; the empty one, which is always true, for a missing node. */
    Filter filter(@Nullable Node node) {
        String text = node == null ? "" : text(node);
        return switch (RuleFields.LANGUAGE.compile(text)) {
            case Compilation.Compiled(Filter filter) -> filter;
            case Compilation.Refused(List<Problem> found) -> {
                Problem first = found.getFirst();
                if (node != null) {
                    problem(
                            node,
                            "filter, at character %d: %s%s"
                                    .formatted(
                                            first.offset() + 1,
                                            first.message(),
                                            first.expected().isEmpty()
                                                    ? ""
                                                    : "; expected "
                                                            + String.join(", ", first.expected())));
                }
                yield filter(null);
            }
        };
    }
}
