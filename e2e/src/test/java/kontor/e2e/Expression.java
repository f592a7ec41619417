package kontor.e2e;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a PromQL expression asks for, as far as that can be said without knowing all of the
 * language: enough for the expressions of this project, which have no metric named like a keyword.
 *
 * @param selectors all metrics that are named
 * @param groupings labels that results are told apart by
 */
record Expression(List<Selector> selectors, Set<String> groupings) {

    /** By, without, on and what follows them. */
    private static final Pattern GROUPING =
            Pattern.compile(
                    "\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");

    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern SELECTOR =
            Pattern.compile("(?<!\\w)([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?:\\{([^}]*)})?(\\s*\\()?");
    private static final Pattern CONDITION =
            Pattern.compile("([a-zA-Z_]\\w*)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Set<String> KEYWORDS = Set.of("and", "or", "unless", "bool", "offset");

    Expression {
        selectors = List.copyOf(selectors);
        groupings = Set.copyOf(groupings);
    }

    /**
     * One metric and the conditions on its labels.
     *
     * @param equal labels that must have this value
     * @param others labels with any other condition
     */
    record Selector(String metric, Map<String, String> equal, Set<String> others) {

        Selector {
            equal = Map.copyOf(equal);
            others = Set.copyOf(others);
        }

        /** Whether a series with these labels can be meant. */
        boolean matches(Map<String, String> labels) {
            return labels.entrySet().containsAll(equal.entrySet())
                    && labels.keySet().containsAll(others);
        }
    }

    static Expression of(String text) {
        Set<String> groupings = new LinkedHashSet<>();
        Matcher grouping = GROUPING.matcher(text);
        while (grouping.find()) {
            for (String label : grouping.group(1).split(",", -1)) {
                groupings.add(label.strip());
            }
        }
        groupings.remove("");
        String rest = RANGE.matcher(grouping.replaceAll(" ")).replaceAll(" ");
        Matcher selector = SELECTOR.matcher(rest);
        List<Selector> selectors = new ArrayList<>();
        while (selector.find()) {
            boolean isFunction = selector.group(3) != null;
            if (!isFunction && !KEYWORDS.contains(selector.group(1))) {
                selectors.add(selector(selector.group(1), selector.group(2)));
            }
        }
        return new Expression(selectors, groupings);
    }

    private static Selector selector(String metric, @Nullable String conditions) {
        Map<String, String> equal = new LinkedHashMap<>();
        Set<String> others = new LinkedHashSet<>();
        Matcher condition = CONDITION.matcher(conditions == null ? "" : conditions);
        while (condition.find()) {
            if (condition.group(2).equals("=")) {
                equal.put(condition.group(1), condition.group(3));
            } else {
                others.add(condition.group(1));
            }
        }
        return new Selector(metric, equal, others);
    }
}
