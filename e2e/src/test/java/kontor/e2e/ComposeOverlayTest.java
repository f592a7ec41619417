package kontor.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The other compose files fit compose.yaml, and reload.sh all of them: what can be said without an
 * engine.
 */
class ComposeOverlayTest {

    private static final Pattern TARGET = Pattern.compile("(?m)^FROM \\S+ AS (\\S+)$");
    private static final Pattern NAMES =
            Pattern.compile("(?m)^ +([a-z -]+(?: \\| [a-z-]+)+)\\) service=\\$1");

    private final Map<String, Map<String, Object>> services = ComposeFiles.services();
    private final Map<String, Map<String, Object>> overlay =
            ComposeFiles.services("compose.dev.yaml");

    ComposeOverlayTest() throws IOException {}

    @Test
    void whateverIsBuiltIsBuiltFromTheWorkingCopyAndNothingElseIsOverlaid() {
        Set<String> built =
                services.entrySet().stream()
                        .filter(service -> service.getValue().containsKey("build"))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());

        assertThat(overlay.keySet()).isEqualTo(built);
        overlay.forEach((name, service) ->
                assertThat(arguments(service)).as(name).containsEntry("JARS", "working-copy"));
    }

    @Test
    void eachImageIsOfTheSameProgramUnderATagOfItsOwn() {
        overlay.forEach((name, service) -> {
            Map<String, Object> overlaid = requireNonNull(services.get(name));
            assertThat(arguments(service).get("SERVICE"))
                    .as(name)
                    .isEqualTo(arguments(overlaid).get("SERVICE"));
            assertThat(service).containsEntry("image", repository(overlaid) + ":dev");
        });
    }

    @Test
    void everyTargetIsInTheDockerfile() throws IOException {
        for (Map<String, Map<String, Object>> file : List.of(services, overlay)) {
            for (Map.Entry<String, Map<String, Object>> service : file.entrySet()) {
                Map<String, Object> build = build(service.getValue());
                if (build.get("target") instanceof String target) {
                    assertThat(targets((String) requireNonNull(build.get("dockerfile"))))
                            .as(service.getKey())
                            .contains(target);
                }
            }
        }
    }

    @Test
    void theScriptReloadsAllProgramsOfOursButTheAdapters() throws IOException {
        Set<String> programs = new TreeSet<>();
        overlay.forEach((name, service) -> {
            Object program = arguments(service).get("SERVICE");
            if (name.equals(program)) {
                programs.add(name);
            }
        });
        programs.add("journal");
        String script = Files.readString(ComposeFiles.root().resolve("deploy/compose/reload.sh"));

        Set<String> reloaded =
                NAMES.matcher(script)
                        .results()
                        .map(match -> match.group(1).strip())
                        .flatMap(names -> Pattern.compile(" \\| ").splitAsStream(names))
                        .collect(Collectors.toSet());
        assertThat(reloaded).isEqualTo(programs);
    }

    @Test
    void withAJournalOfItsOwnNoOrchestratorHostsOne() throws IOException {
        Map<String, Map<String, Object>> apart = ComposeFiles.services("compose.journal.yaml");
        Set<String> orchestrators =
                services.keySet().stream()
                        .filter(name -> name.startsWith("orchestrator-"))
                        .collect(Collectors.toSet());

        Set<String> switchedOff = new TreeSet<>();
        apart.forEach((name, service) -> {
            if ("false".equals(environment(service).get("KONTOR_JOURNAL_ENABLED"))) {
                switchedOff.add(name);
            }
        });
        assertThat(switchedOff).isEqualTo(orchestrators);
        assertThat(apart.keySet()).hasSize(orchestrators.size() + 1).contains("journal");
        assertThat(services)
                .allSatisfy((name, service) ->
                        assertThat(environment(service))
                                .doesNotContainKey("KONTOR_JOURNAL_ENABLED"));
    }

    @Test
    void aJournalOfItsOwnIsBoundedAndConnectedAsTheServiceThatIsLikeIt() throws IOException {
        Map<String, Object> journal =
                requireNonNull(ComposeFiles.services("compose.journal.yaml").get("journal"));
        Map<String, Object> analysis = requireNonNull(services.get("analysis-service"));

        for (String key :
                List.of(
                        "restart",
                        "security_opt",
                        "logging",
                        "mem_limit",
                        "cpu_shares",
                        "read_only",
                        "tmpfs",
                        "cap_drop",
                        "stop_grace_period",
                        "secrets",
                        "depends_on")) {
            assertThat(journal).as(key).containsEntry(key, requireNonNull(analysis.get(key)));
        }
        Map<String, Object> environment = new TreeMap<>(environment(journal));
        assertThat(environment.remove("KONTOR_HTTP_PORT")).isEqualTo(8085);
        Map<String, Object> others = new TreeMap<>(environment(analysis));
        others.remove("KONTOR_HTTP_PORT");
        others.remove("KONTOR_ANALYZERS_DIR");
        assertThat(environment).isEqualTo(others);
        // Analysis' own image has a compiler beside.
        assertThat(build(journal)).containsEntry("target", "service");
        assertThat(journal.get("ports"))
                .isEqualTo(List.of("127.0.0.1:${KONTOR_JOURNAL_PORT:-8085}:8085"));
    }

    private static Set<String> targets(String dockerfile) throws IOException {
        String text = Files.readString(ComposeFiles.root().resolve(dockerfile));
        return TARGET.matcher(text)
                .results()
                .map(target -> target.group(1))
                .collect(Collectors.toSet());
    }

    private static String repository(Map<String, Object> service) {
        String image = (String) requireNonNull(service.get("image"));
        return image.substring(0, image.indexOf(':'));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> build(Map<String, Object> service) {
        return (Map<String, Object>) service.getOrDefault("build", Map.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> environment(Map<String, Object> service) {
        return (Map<String, Object>) service.getOrDefault("environment", Map.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> arguments(Map<String, Object> service) {
        return (Map<String, Object>) build(service).getOrDefault("args", Map.of());
    }
}
