package kontor.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kontor.analysis.v1.AnalysisResult;
import kontor.commands.v1.AdapterCommand;
import kontor.commands.v1.Receipt;
import kontor.control.v1.ControlEvent;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.packets.v1.AdapterEvent;
import kontor.sessions.v1.SessionEvent;
import kontor.state.v1.Checkpoint;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;
import kontor.topics.TopicSpec;
import kontor.topics.Topics;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/** What can be said of compose.yaml and Kafka UI's configuration without an engine. */
class ComposeFileTest {

    private static final String PROTO_FILES = "/etc/kontor/proto";
    private static final String SERDE = "kafka.clusters[0].serde[0].properties.";

    private final Map<String, Map<String, Object>> services = ComposeFiles.services();
    private final Lab lab =
            LabFile.read(ComposeFiles.root().resolve("launcher/labs/loopback.yaml"));

    ComposeFileTest() throws Exception {}

    @Test
    void kafkaUiKnowsTheMessageOfEveryTopic() throws IOException {
        Map<String, String> wanted =
                messages().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> entry.getValue().getFullName()));

        assertThat(kafkaUi().bind(SERDE + "protobuf-message-name-by-topic", MAP).get())
                .isEqualTo(wanted);
        assertThat(
                        TopicCatalogue.forInstances(lab.names(), TopicSettings.STANDARD).stream()
                                .map(TopicSpec::name))
                .as("the catalogue's topics")
                .containsExactlyInAnyOrderElementsOf(wanted.keySet());
    }

    @Test
    void kafkaUiFindsTheProtoFilesOfTheseMessagesWhereItLooks() throws IOException {
        assertThat(kafkaUi().bind(SERDE + "protobuf-files-dir", String.class).get())
                .isEqualTo(PROTO_FILES + "/");
        Path mounted =
                volumes("kafka-ui").stream()
                        .filter(volume -> volume.contains(":" + PROTO_FILES + ":ro"))
                        .map(volume -> volume.substring(0, volume.indexOf(':')))
                        .map(ComposeFiles.root()::resolve)
                        .findFirst()
                        .orElseThrow();

        Set<String> files = new HashSet<>();
        messages().values().forEach(message -> collect(message.getFile(), files));
        assertThat(files).allSatisfy(file -> assertThat(mounted.resolve(file)).isRegularFile());
    }

    @Test
    void everyInstanceOfTheDefaultLabHasItsAdapterAndItsVolume() {
        assertThat(services.keySet().stream().filter(name -> name.startsWith("adapter-")))
                .containsExactlyElementsOf(
                        lab.names().stream().map(name -> "adapter-" + name.value()).toList());
        for (InstanceName instance : lab.names()) {
            String name = "adapter-" + instance.value();
            assertThat(environment(name)).containsEntry("KONTOR_INSTANCE", instance.value());
            assertThat(volumes(name)).contains(name + "-data:/data");
        }
    }

    @Test
    void imagesOfOthersArePinnedAndTheBrokerIsAsOldAsItsClients() {
        services.forEach((name, service) -> {
            String image = (String) service.get("image");
            if (service.containsKey("build")) {
                assertThat(image).as(name).startsWith("kontor/");
            } else {
                assertThat(image).as(name).matches("[a-z/-]+:v?\\d+(\\.\\d+)+");
            }
        });
        assertThat(services.get("kafka"))
                .containsEntry("image", "apache/kafka:" + AppInfoParser.getVersion());
    }

    @Test
    void nothingListensBeyondLoopback() {
        services.forEach((name, service) -> {
            assertThat(texts(service.get("ports")))
                    .as(name)
                    .allMatch(port -> port.startsWith("127.0.0.1:"));
            if ("host".equals(service.get("network_mode")) && !name.equals("demo")) {
                assertThat(environment(name)).containsEntry("KONTOR_HTTP_ADDRESS", "127.0.0.1");
            }
        });
    }

    @Test
    void noPasswordStandsInTheFileOrInAnEnvironment() throws IOException {
        services.keySet()
                .forEach(name ->
                        assertThat(environment(name).keySet())
                                .as(name)
                                .noneMatch(key ->
                                        key.matches(".*(PASSWORD|SECRET|TOKEN).*")
                                                && !key.endsWith("_FILE")));
        assertThat(Files.readAllLines(ComposeFiles.root().resolve(".gitignore")))
                .contains(".env", "deploy/compose/secrets/");
        assertThat(Files.readAllLines(ComposeFiles.root().resolve(".dockerignore")))
                .contains("deploy/compose/secrets", "**/.*");
    }

    @Test
    void everythingIsBoundedAndComesBackByItself() {
        services.forEach((name, service) -> {
            assertThat(service).as(name).containsKeys("mem_limit", "logging");
            boolean endsByItself = name.equals("topics") || name.equals("demo");
            assertThat(service)
                    .as(name)
                    .containsEntry("restart", endsByItself ? "no" : "unless-stopped");
            if (service.containsKey("build")) {
                assertThat(service)
                        .as(name)
                        .containsEntry("read_only", true)
                        .containsEntry("cap_drop", List.of("ALL"));
            } else {
                assertThat(service).as(name).containsKey("healthcheck");
            }
        });
    }

    /** What is in each topic. */
    private Map<String, Descriptor> messages() {
        Map<String, Descriptor> messages = new HashMap<>();
        messages.put(Topics.PACKETS, AdapterEvent.getDescriptor());
        messages.put(Topics.SESSION_EVENTS, SessionEvent.getDescriptor());
        messages.put(Topics.RECEIPTS, Receipt.getDescriptor());
        messages.put(Topics.ANALYSIS, AnalysisResult.getDescriptor());
        messages.put(Topics.CONTROL, ControlEvent.getDescriptor());
        messages.put(Topics.ORCHESTRATOR_STATE, Checkpoint.getDescriptor());
        lab.names()
                .forEach(name ->
                        messages.put(Topics.commands(name), AdapterCommand.getDescriptor()));
        return messages;
    }

    private static final Bindable<Map<String, String>> MAP =
            Bindable.mapOf(String.class, String.class);

    /** Read as Kafka UI reads it: by Spring Boot's binder. */
    private static Binder kafkaUi() throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        new YamlPropertySourceLoader()
                .load(
                        "kafka-ui",
                        new FileSystemResource(
                                ComposeFiles.root().resolve("deploy/compose/kafka-ui.yaml")))
                .forEach(environment.getPropertySources()::addFirst);
        return Binder.get(environment);
    }

    private static void collect(FileDescriptor file, Set<String> names) {
        if (!file.getFullName().startsWith("google/protobuf/") && names.add(file.getFullName())) {
            file.getDependencies().forEach(dependency -> collect(dependency, names));
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> environment(String service) {
        return (Map<String, Object>) service(service).getOrDefault("environment", Map.of());
    }

    private List<String> volumes(String service) {
        return texts(service(service).get("volumes"));
    }

    private Map<String, Object> service(String name) {
        return requireNonNull(services.get(name), name);
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(@Nullable Object list) {
        return list == null ? List.of() : (List<String>) list;
    }
}
