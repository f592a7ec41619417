package kontor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.launcher.plan.Role;
import kontor.launcher.stack.StackState;
import kontor.launcher.supervision.Standing;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the dashboard, the alert rules and the documentation say of metrics is there in a running
 * stack: whatever a name or a label is changed to, here it is noticed.
 */
@Timeout(180)
final class MetricsE2E {

    /** Prometheus makes it, where a rule speaks. */
    private static final Map<String, String> ALERT =
            Map.of("alertname", "some", "alertstate", "firing");

    private static final Pattern DOCUMENTED = Pattern.compile("\\| `(kontor\\.[a-z.]+)` \\|");

    private static final Scrape SCRAPE = new Scrape();

    @BeforeAll
    static void askEveryService() throws Exception {
        StackUnderTest stack = StackUnderTest.shared();
        stack.stack().awaitReady();
        SCRAPE.add("ALERTS", ALERT);
        int gateway = stack.stack().plan().ports().gatewayManagement();
        for (StackState.Entry process : stack.stack().state().processes()) {
            boolean isOurs = process.role() != Role.DATABASE && process.role() != Role.BROKER;
            if (isOurs && process.standing() == Standing.IN_CHARGE) {
                boolean isGateway = process.name().equals("gateway");
                SCRAPE.take(process.name(), process.name(), isGateway ? gateway : process.port());
            }
        }
    }

    @Test
    void whatDashboardAndAlertsAskForIsThere() throws IOException {
        List<String> missing = new ArrayList<>();
        Stream.concat(Dashboard.read().expressions(), AlertRules.expressions())
                .forEach(text -> missing.addAll(missing(text)));

        assertThat(missing).isEmpty();
    }

    @Test
    void everyMetricOfOurOwnIsDocumentedAndNoOther() throws IOException {
        Matcher matcher =
                DOCUMENTED.matcher(
                        Files.readString(ComposeFiles.root().resolve("docs/OPERATIONS.md")));
        Set<String> documented =
                matcher.results()
                        .map(found -> found.group(1).replace('.', '_'))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> there =
                SCRAPE.metrics().stream()
                        .filter(metric -> metric.startsWith("kontor_"))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented)
                .as("documented names of which no metric begins with")
                .allMatch(name -> there.stream().anyMatch(metric -> metric.startsWith(name)));
        assertThat(there)
                .as("metrics that are not documented")
                .allMatch(metric -> documented.stream().anyMatch(metric::startsWith));
    }

    /** What an expression names and nobody shows. */
    private static List<String> missing(String text) {
        Expression expression = Expression.of(text);
        List<String> missing = new ArrayList<>();
        Set<String> labels = new TreeSet<>();
        for (Expression.Selector selector : expression.selectors()) {
            Set<Map<String, String>> series = SCRAPE.of(selector.metric());
            if (series.stream().noneMatch(selector::matches)) {
                missing.add(selector + " in " + text);
            }
            series.forEach(each -> labels.addAll(each.keySet()));
        }
        expression.groupings().stream()
                .filter(label -> !labels.contains(label))
                .forEach(label -> missing.add("label " + label + " in " + text));
        if (expression.selectors().isEmpty()) {
            missing.add("any metric in " + text);
        }
        return missing;
    }
}
