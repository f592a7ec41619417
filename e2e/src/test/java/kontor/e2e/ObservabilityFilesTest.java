package kontor.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What can be said of the observability overlay and its dashboard without running either. */
final class ObservabilityFilesTest {

    private static final String OVERLAY = "compose.observability.yaml";
    private static final String GRAFANA = "deploy/observability/grafana/";
    private static final int COLUMNS = 24;

    private final Dashboard dashboard = Dashboard.read();
    private final Map<String, Map<String, Object>> services = ComposeFiles.services(OVERLAY);

    ObservabilityFilesTest() throws IOException {}

    @Test
    void theDashboardHasItsRowsAndEveryPanelAnIdOfItsOwn() {
        assertThat(dashboard.rows())
                .containsExactly(
                        "The way of a packet",
                        "Latency",
                        "Behind",
                        "Spool and gaps",
                        "Reloads and owners",
                        "JVM");
        assertThat(dashboard.panels())
                .extracting(panel -> panel.get("id").asInt())
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 0);
        assertThat(dashboard.document().get("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
        assertThat(dashboard.document().get("uid").asString()).isEqualTo("kontor");
    }

    @Test
    void noTwoPanelsLieOverEachOtherAndNoneOutsideOfTheGrid() {
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : dashboard.panels()) {
            JsonNode place = panel.get("gridPos");
            int right = place.get("x").asInt() + place.get("w").asInt();
            int bottom = place.get("y").asInt() + place.get("h").asInt();
            assertThat(right).as(panel.get("title").asString()).isBetween(1, COLUMNS);
            for (int x = place.get("x").asInt(); x < right; x++) {
                for (int y = place.get("y").asInt(); y < bottom; y++) {
                    assertThat(taken.add(x + "," + y))
                            .as("%s at %d, %d", panel.get("title"), x, y)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void everyChartSaysWhatItShowsAndAsksTheDatasourceThatIsThere() throws IOException {
        Map<String, Object> datasource =
                only(
                        ComposeFiles.yaml(GRAFANA + "provisioning/datasources/prometheus.yaml"),
                        "datasources");
        String uid = (String) requireNonNull(datasource.get("uid"));
        Stream.concat(dashboard.charts(), dashboard.annotations())
                .forEach(asking ->
                        assertThat(asking.at("/datasource/uid").asString()).isEqualTo(uid));
        dashboard
                .charts()
                .forEach(chart -> {
                    assertThat(chart.get("description").asString()).endsWith(".");
                    assertThat(
                                    chart.get("targets")
                                            .valueStream()
                                            .map(t -> t.get("refId").asString()))
                            .as(chart.get("title").asString())
                            .isNotEmpty()
                            .doesNotHaveDuplicates();
                });
    }

    @Test
    void grafanaFindsWhatIsMountedAndStartsWithTheDashboard() throws IOException {
        assertThat(texts("grafana", "volumes"))
                .contains("./" + GRAFANA.replaceAll("/$", "") + ":/etc/kontor:ro");
        assertThat(environment("grafana"))
                .containsEntry("GF_PATHS_PROVISIONING", "/etc/kontor/provisioning")
                .containsEntry(
                        "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH",
                        "/etc/kontor/dashboards/kontor.json")
                .containsKey("KONTOR_PROMETHEUS_PORT");
        Map<String, Object> provider =
                only(
                        ComposeFiles.yaml(GRAFANA + "provisioning/dashboards/kontor.yaml"),
                        "providers");
        assertThat(provider.get("options")).isEqualTo(Map.of("path", "/etc/kontor/dashboards"));
    }

    @Test
    void whatWatchesListensOnLoopbackOnlyIsBoundedAndChangesNothing() {
        assertThat(services.keySet()).containsExactly("ui-gateway", "prometheus", "grafana");
        assertThat(texts("ui-gateway", "ports")).allMatch(port -> port.startsWith("127.0.0.1:"));
        assertThat(texts("prometheus", "command"))
                .anyMatch(word -> word.startsWith("--web.listen-address=127.0.0.1:"));
        assertThat(environment("grafana")).containsEntry("GF_SERVER_HTTP_ADDR", "127.0.0.1");
        for (String name : List.of("prometheus", "grafana")) {
            assertThat(service(name))
                    .as(name)
                    .containsKeys("mem_limit", "logging", "healthcheck")
                    .containsEntry("network_mode", "host")
                    .containsEntry("restart", "unless-stopped")
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"));
            assertThat((String) service(name).get("image")).matches("[a-z/]+:v?\\d+(\\.\\d+){2}");
        }
    }

    @Test
    void nobodySignsInToGrafanaAndNoPasswordIsNeeded() {
        assertThat(environment("grafana"))
                .containsEntry("GF_AUTH_ANONYMOUS_ENABLED", "true")
                .containsEntry("GF_AUTH_ANONYMOUS_ORG_ROLE", "Viewer")
                .containsEntry("GF_AUTH_DISABLE_LOGIN_FORM", "true")
                .containsEntry("GF_AUTH_BASIC_ENABLED", "false")
                .containsEntry("GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION", "true");
        assertThat(environment("grafana").keySet()).noneMatch(key -> key.contains("PASSWORD"));
    }

    @Test
    void anAlertSaysWhatIsTheMatterAndWhatToDo() throws IOException {
        List<Map<String, Object>> rules = AlertRules.all().toList();

        assertThat(rules).extracting(rule -> rule.get("alert")).doesNotHaveDuplicates();
        assertThat(rules)
                .allSatisfy(rule -> {
                    assertThat(rule.get("annotations"))
                            .asInstanceOf(InstanceOfAssertFactories.MAP)
                            .containsOnlyKeys("summary", "what_to_do");
                    assertThat(rule.get("labels"))
                            .isIn(Map.of("severity", "page"), Map.of("severity", "ticket"));
                });
    }

    @Test
    void theDocumentationNamesEveryAlert() throws IOException {
        String text = Files.readString(ComposeFiles.root().resolve("docs/OPERATIONS.md"));
        List<String> missing = new ArrayList<>();
        AlertRules.all()
                .map(rule -> "`" + rule.get("alert") + "`")
                .forEach(name -> {
                    if (!text.contains(name)) {
                        missing.add(name);
                    }
                });
        assertThat(missing).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> only(Map<String, Object> file, String list) {
        List<Map<String, Object>> all = (List<Map<String, Object>>) requireNonNull(file.get(list));
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private Map<String, Object> service(String name) {
        return requireNonNull(services.get(name), name);
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> environment(String name) {
        return (Map<String, String>) requireNonNull(service(name).get("environment"));
    }

    @SuppressWarnings("unchecked")
    private List<String> texts(String name, String list) {
        return (List<String>) requireNonNull(service(name).get(list));
    }
}
