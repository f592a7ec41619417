package kontor.adapter.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import kontor.lab.LabFile;
import kontor.testing.infrastructure.TestKafka;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;
import org.awaitility.Awaitility;

/**
 * A lab on the shared broker whose adapters are processes: its file, its topics, which are empty at
 * the beginning, and the processes, which are killed by {@link #close}.
 */
final class AdapterProcesses implements AutoCloseable {

    private final String servers = TestKafka.shared().bootstrapServers();
    private final Path directory;
    private final List<AdapterProcess> started = new ArrayList<>();

    /**
     * @param lab the text of its file
     * @param directory for all that it writes; empty
     */
    AdapterProcesses(String lab, Path directory) throws Exception {
        this.directory = directory;
        TestKafka.shared()
                .recreateTopics(
                        TopicCatalogue.forInstances(
                                LabFile.parse("test", lab).names(), TopicSettings.STANDARD));
        Files.writeString(directory.resolve("lab.yaml"), lab);
    }

    String servers() {
        return servers;
    }

    /** Where an adapter keeps its data, if its settings do not say otherwise. */
    Path data() {
        return directory.resolve("data");
    }

    /** All that the processes have printed. */
    String printed() throws IOException {
        return Files.readString(log());
    }

    private Path log() {
        return directory.resolve("adapter.log");
    }

    /**
     * Starts one: where the settings do not say otherwise the adapter of game1, with the shared
     * broker and {@link #data}.
     *
     * @param settings added to its environment
     */
    AdapterProcess start(Map<String, String> settings) throws IOException {
        return start(List.of(), settings);
    }

    /**
     * The same, behind words that become it in the end.
     *
     * @param before for instance of a program that changes something around it
     */
    AdapterProcess start(List<String> before, Map<String, String> settings) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("KONTOR_KAFKA_SERVERS", servers);
        environment.put("KONTOR_LAB_FILE", directory.resolve("lab.yaml").toString());
        environment.put("KONTOR_INSTANCE", "game1");
        environment.put("KONTOR_DATA_DIR", data().toString());
        environment.putAll(settings);
        AdapterProcess process = AdapterProcess.start(before, environment, log());
        started.add(process);
        return process;
    }

    @Override
    public void close() {
        started.forEach(AdapterProcess::close);
    }

    /** The address of a broker that is away. */
    static String nobodyListensThere() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return "127.0.0.1:" + probe.getLocalPort();
        }
    }

    static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(condition);
    }
}
