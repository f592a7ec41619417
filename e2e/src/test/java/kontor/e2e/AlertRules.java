package kontor.e2e;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Prometheus' alert rules, as they stand in the working copy. */
final class AlertRules {

    static final String FILE = "deploy/observability/alerts.yaml";

    private AlertRules() {}

    static Stream<Map<String, Object>> all() throws IOException {
        return list(ComposeFiles.yaml(FILE), "groups").stream()
                .flatMap(group -> list(group, "rules").stream());
    }

    static Stream<String> expressions() throws IOException {
        return all().map(rule -> (String) requireNonNull(rule.get("expr")));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> of, String name) {
        return (List<Map<String, Object>>) requireNonNull(of.get(name));
    }
}
