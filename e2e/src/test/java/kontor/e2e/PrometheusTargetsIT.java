package kontor.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Prometheus looks where compose.yaml and its overlay put the services, whatever .env says. */
final class PrometheusTargetsIT {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):-(\\d+)}");
    private static final Pattern OURS = Pattern.compile("kontor/([a-z-]+):.*");

    private final Map<String, Map<String, Object>> stack = ComposeFiles.services();
    private final Map<String, Map<String, Object>> overlay =
            ComposeFiles.services("compose.observability.yaml");

    PrometheusTargetsIT() throws IOException {}

    @Test
    void everyServiceThatHasMetricsIsAskedAtTheUsualPorts() throws Exception {
        assertThat(targets(Map.of())).containsExactlyInAnyOrderElementsOf(wanted(Map.of()));
    }

    @Test
    void portsThatWereChangedAreFollowed() throws Exception {
        Map<String, String> ports = new HashMap<>();
        Matcher variable = VARIABLE.matcher(environment(overlay, "prometheus").toString());
        while (variable.find()) {
            ports.put(variable.group(1), "1" + variable.group(2));
        }

        assertThat(targets(ports))
                .containsExactlyInAnyOrderElementsOf(wanted(ports))
                .doesNotContainAnyElementsOf(wanted(Map.of()));
    }

    @Test
    void aJournalIsAskedWhereItIsAServiceOfItsOwn() throws Exception {
        assertThat(environment(overlay, "prometheus"))
                .containsEntry("KONTOR_JOURNAL_PORT", "${KONTOR_JOURNAL_PORT:-}");
        assertThat(targets(Map.of("KONTOR_JOURNAL_PORT", "8085")))
                .contains(new Target("journal", "journal", "127.0.0.1:8085"));
    }

    private record Target(String job, String instance, String address) {}

    /** What compose.yaml calls for. */
    private List<Target> wanted(Map<String, String> variables) {
        List<Target> wanted = new ArrayList<>();
        stack.forEach((name, service) -> {
            Matcher ours = OURS.matcher(String.valueOf(service.get("image")));
            // Those that end by themselves show nothing, and those of a profile may not be there.
            if (ours.matches()
                    && !"no".equals(service.get("restart"))
                    && !service.containsKey("profiles")) {
                boolean adapter = name.startsWith("adapter-");
                wanted.add(
                        new Target(
                                ours.group(1),
                                adapter ? name.substring("adapter-".length()) : name,
                                resolved(address(name), variables)));
            }
        });
        return wanted;
    }

    /** Where the port with the metrics is to be had on this host; variables as they stand. */
    private String address(String name) {
        Map<String, Object> environment = environment(stack, name);
        String port =
                String.valueOf(
                        environment.getOrDefault(
                                "KONTOR_MANAGEMENT_PORT", environment.get("KONTOR_HTTP_PORT")));
        if ("host".equals(requireNonNull(stack.get(name)).get("network_mode"))) {
            return environment.get("KONTOR_HTTP_ADDRESS") + ":" + port;
        }
        List<String> published = new ArrayList<>(ports(stack.get(name)));
        published.addAll(ports(overlay.get(name)));
        return published.stream()
                .filter(entry -> entry.endsWith(":" + port))
                .map(entry -> entry.substring(0, entry.length() - port.length() - 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " publishes no " + port));
    }

    @SuppressWarnings("unchecked")
    private static List<String> ports(@Nullable Map<String, Object> service) {
        return service == null
                ? List.of()
                : (List<String>) service.getOrDefault("ports", List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> environment(
            Map<String, Map<String, Object>> services, String name) {
        return (Map<String, Object>)
                requireNonNull(requireNonNull(services.get(name)).get("environment"));
    }

    private static String resolved(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text)
                .replaceAll(found -> variables.getOrDefault(found.group(1), found.group(2)));
    }

    /** What the container writes down when it starts. */
    @SuppressWarnings("unchecked")
    private static List<Target> targets(Map<String, String> variables)
            throws IOException, InterruptedException {
        ProcessBuilder command =
                new ProcessBuilder("sh", "deploy/observability/targets.sh")
                        .directory(ComposeFiles.root().toFile())
                        .redirectErrorStream(true);
        command.environment().keySet().removeIf(name -> name.startsWith("KONTOR_"));
        command.environment().putAll(variables);
        Process process = command.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        List<Map<String, Object>> groups =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        List<Target> targets = new ArrayList<>();
        for (Map<String, Object> group : groups) {
            Map<String, String> labels = (Map<String, String>) requireNonNull(group.get("labels"));
            for (String address : (List<String>) requireNonNull(group.get("targets"))) {
                targets.add(
                        new Target(
                                requireNonNull(labels.get("job")),
                                requireNonNull(labels.get("instance")),
                                address));
            }
        }
        return targets;
    }
}
