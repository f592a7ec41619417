package kontor.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.topics.Topics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be said of deploy/kubernetes without a cluster. */
final class KubernetesFilesTest {

    /** What a resource of a kind must have, beside kind, version and name. */
    private static final Map<String, List<String>> REQUIRED =
            Map.of(
                    "v1 Namespace", List.of(),
                    "v1 Service", List.of("spec.selector", "spec.ports"),
                    "batch/v1 Job",
                            List.of(
                                    "spec.template.spec.restartPolicy",
                                    "spec.template.spec.containers"),
                    "apps/v1 Deployment",
                            List.of(
                                    "spec.replicas",
                                    "spec.selector.matchLabels",
                                    "spec.template.metadata.labels",
                                    "spec.template.spec.containers"),
                    "kafka.strimzi.io/v1 KafkaNodePool",
                            List.of("spec.replicas", "spec.roles", "spec.storage.type"),
                    "kafka.strimzi.io/v1 Kafka",
                            List.of(
                                    "spec.kafka.listeners",
                                    "spec.kafka.authorization.type",
                                    "spec.kafka.config",
                                    "spec.entityOperator.userOperator"),
                    "kafka.strimzi.io/v1 KafkaUser",
                            List.of("spec.authentication.type", "spec.authorization.acls"),
                    "postgresql.cnpg.io/v1 Cluster",
                            List.of(
                                    "spec.instances",
                                    "spec.bootstrap.initdb",
                                    "spec.storage.size"));

    /** What the operators make, and what README.md has people make. */
    private static final Set<String> SECRETS = Set.of("database-app", "gateway-token");

    private final Path directory = ComposeFiles.root().resolve("deploy/kubernetes");
    private final Map<String, Object> kustomization =
            ComposeFiles.yaml("deploy/kubernetes/kustomization.yaml");
    private final List<Map<String, Object>> resources = resources();
    private final Lab lab = LabFile.read(directory.resolve("lab.yaml"));

    KubernetesFilesTest() throws Exception {}

    @Test
    void eachFileIsListedAndEachThatIsListedIsThere() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(
                            files.map(file -> requireNonNull(file.getFileName()).toString())
                                    .filter(name -> name.endsWith(".yaml"))
                                    .filter(name ->
                                            !Set.of("kustomization.yaml", "lab.yaml")
                                                    .contains(name)))
                    .containsExactlyInAnyOrderElementsOf(names());
        }
    }

    @Test
    void eachResourceIsAsItsKindHasIt() {
        assertThat(resources).hasSizeGreaterThan(10);
        for (Map<String, Object> resource : resources) {
            String kind = at(resource, "apiVersion") + " " + at(resource, "kind");
            assertThat(REQUIRED).as(title(resource)).containsKey(kind);
            assertThat(at(resource, "metadata.name"))
                    .as(title(resource))
                    .isInstanceOf(String.class);
            for (String path : REQUIRED.getOrDefault(kind, List.of())) {
                assertThat(at(resource, path)).as(title(resource) + " " + path).isNotNull();
            }
        }
        assertThat(resources.stream().map(KubernetesFilesTest::title)).doesNotHaveDuplicates();
    }

    @Test
    void oneOfThreeBrokersMayBeLost() {
        assertThat(at(one("KafkaNodePool"), "spec.replicas")).isEqualTo(3);
        Map<String, Object> config = map(at(one("Kafka"), "spec.kafka.config"));
        assertThat(config)
                .containsEntry("default.replication.factor", 3)
                .containsEntry("min.insync.replicas", 2)
                .containsEntry("auto.create.topics.enable", false);
        assertThat(environment(container(one("Job")))).containsEntry("KONTOR_TOPIC_REPLICAS", "3");
    }

    @Test
    void anAdapterReadsItsOwnCommandsAndWritesNoneAndEachGameOfTheLabHasAUser() {
        List<Map<String, Object>> users = all("KafkaUser");
        assertThat(users.stream().map(user -> at(user, "metadata.name")))
                .containsExactlyInAnyOrderElementsOf(
                        lab.names().stream()
                                .map(game -> (Object) (lab.name() + "." + game))
                                .toList());
        for (Map<String, Object> user : users) {
            String game =
                    String.valueOf(at(user, "metadata.name"))
                            .substring((lab.name() + ".").length());
            assertThat(
                            list(at(user, "spec.authorization.acls")).stream()
                                    .map(acl ->
                                            at(map(acl), "resource.name")
                                                    + " "
                                                    + map(acl).get("operations")))
                    .containsExactlyInAnyOrder(
                            Topics.PACKETS + " [Write]",
                            Topics.RECEIPTS + " [Write]",
                            Topics.CONTROL + " [Write]",
                            "kontor.commands." + game + " [Read]");
        }
    }

    @Test
    void adaptersComeInByTlsWithAPasswordAndOnlyOurServicesWithout() {
        for (Object each : list(at(one("Kafka"), "spec.kafka.listeners"))) {
            Map<String, Object> listener = map(each);
            if (Boolean.TRUE.equals(listener.get("tls"))) {
                assertThat(at(listener, "authentication.type")).isEqualTo("scram-sha-512");
            } else {
                assertThat(listener).containsEntry("type", "internal");
                assertThat(String.valueOf(listener.get("networkPolicyPeers")))
                        .contains("app.kubernetes.io/part-of=kontor");
            }
        }
    }

    @Test
    void servicesHaveProbesLimitsAndImagesThatComposeBuilds() throws IOException {
        Set<String> built =
                ComposeFiles.services().values().stream()
                        .map(service -> String.valueOf(service.get("image")))
                        .filter(image -> image.startsWith("kontor/"))
                        .map(image -> image.substring(0, image.indexOf(':')))
                        .collect(Collectors.toSet());
        for (Map<String, Object> deployment : all("Deployment")) {
            Map<String, Object> container = container(deployment);
            assertThat(built).contains(String.valueOf(container.get("image")));
            assertThat(at(container, "readinessProbe.httpGet.path")).isEqualTo("/readyz");
            assertThat(at(container, "livenessProbe.httpGet.path")).isEqualTo("/livez");
            assertThat(at(container, "resources.limits.memory")).isNotNull();
            Map<String, Object> labels = map(at(deployment, "spec.template.metadata.labels"));
            assertThat(labels)
                    .containsAllEntriesOf(map(at(deployment, "spec.selector.matchLabels")))
                    .containsEntry("app.kubernetes.io/part-of", "kontor");
            assertThat(environment(container))
                    .containsEntry("KONTOR_KAFKA_SERVERS", "kafka-kafka-bootstrap:9092")
                    .containsEntry("KONTOR_POSTGRES_PASSWORD", "database-app");
        }
    }

    @Test
    void whatIsReferredToIsThere() {
        Set<String> configured =
                list(kustomization.get("configMapGenerator")).stream()
                        .map(each -> String.valueOf(map(each).get("name")))
                        .collect(Collectors.toSet());
        for (Map<String, Object> resource : resources) {
            if (at(resource, "spec.template.spec") == null) {
                continue;
            }
            for (Object volume : list(at(resource, "spec.template.spec.volumes"))) {
                if (at(map(volume), "configMap.name") != null) {
                    assertThat(configured)
                            .contains(String.valueOf(at(map(volume), "configMap.name")));
                } else {
                    assertThat(SECRETS)
                            .contains(String.valueOf(at(map(volume), "secret.secretName")));
                }
            }
        }
        Object selected = at(one("Service"), "spec.selector");
        assertThat(all("Deployment").stream().map(each -> at(each, "spec.selector.matchLabels")))
                .contains(selected);
    }

    private List<String> names() {
        return list(kustomization.get("resources")).stream().map(String::valueOf).toList();
    }

    private List<Map<String, Object>> resources() throws IOException {
        List<Map<String, Object>> found = new ArrayList<>();
        for (String name : names()) {
            try (Reader text = Files.newBufferedReader(directory.resolve(name))) {
                Iterable<Object> documents =
                        new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text);
                StreamSupport.stream(documents.spliterator(), false)
                        .forEach(document -> found.add(map(document)));
            }
        }
        return found;
    }

    private List<Map<String, Object>> all(String kind) {
        return resources.stream().filter(each -> kind.equals(each.get("kind"))).toList();
    }

    private Map<String, Object> one(String kind) {
        assertThat(all(kind)).hasSize(1);
        return all(kind).getFirst();
    }

    private static String title(Map<String, Object> resource) {
        return at(resource, "kind") + " " + at(resource, "metadata.name");
    }

    private static Map<String, Object> container(Map<String, Object> resource) {
        return map(list(at(resource, "spec.template.spec.containers")).getFirst());
    }

    /** By name the value, or the secret that has it. */
    private static Map<String, String> environment(Map<String, Object> container) {
        return list(container.get("env")).stream()
                .map(KubernetesFilesTest::map)
                .collect(
                        Collectors.toMap(
                                each -> String.valueOf(each.get("name")),
                                each ->
                                        each.containsKey("value")
                                                ? String.valueOf(each.get("value"))
                                                : String.valueOf(
                                                        at(each, "valueFrom.secretKeyRef.name"))));
    }

    /** What is at the end of a path of names; null where there is nothing. */
    private static @Nullable Object at(Map<String, Object> from, String path) {
        @Nullable Object here = from;
        for (String name : path.split("\\.", -1)) {
            if (!(here instanceof Map<?, ?> map)) {
                return null;
            }
            here = map.get(name);
        }
        return here;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) requireNonNull(value);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }
}
