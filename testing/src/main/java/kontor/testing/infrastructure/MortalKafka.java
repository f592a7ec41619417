package kontor.testing.infrastructure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import kafka.Kafka;
import kafka.tools.StorageTool;
import kontor.topics.TopicSpec;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A real broker as a process of its own, or several that are a cluster, each on one port for its
 * whole life: for tests in which brokers are killed and come back. They end with the test's JVM at
 * the latest.
 */
public final class MortalKafka implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String LOGGING = "kontor/testing/infrastructure/broker-logback.xml";
    private static final int LOOK_AGAIN_MILLIS = 50;

    /** More than three copies nobody asks for. */
    private static final int MOST_COPIES = 3;

    private final List<Node> nodes;

    /**
     * Formats and starts one broker.
     *
     * @param directory empty; for its data and what it prints
     */
    public MortalKafka(Path directory) throws IOException {
        this(directory, 1);
    }

    /**
     * Formats and starts brokers that are a cluster, each of them a controller too.
     *
     * @param directory empty; for their data and what they print
     */
    public MortalKafka(Path directory, int brokers) throws IOException {
        List<Node> all = new ArrayList<>();
        for (int id = 1; id <= brokers; id++) {
            all.add(new Node(id, directory.resolve("broker-" + id)));
        }
        nodes = List.copyOf(all);
        String cluster = Uuid.randomUuid().toString();
        for (Node node : nodes) {
            Files.createDirectories(node.directory);
            node.writeSettings(nodes);
            node.format(cluster);
        }
        // They must not outlive this JVM, however that ends.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        for (Node node : nodes) {
            node.launch();
        }
    }

    /** Of all brokers, those that were killed included. */
    public String bootstrapServers() {
        return nodes.stream().map(node -> HOST + ":" + node.port).collect(Collectors.joining(","));
    }

    /** Makes the topics, as soon as all brokers are there. */
    public void createTopics(Collection<TopicSpec> topics) {
        try (Admin admin =
                Admin.create(
                        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            while (admin.describeCluster().nodes().get().size() < nodes.size()) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the brokers do not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the brokers start", e);
        }
        TestKafka.createTopics(bootstrapServers(), topics);
    }

    /** SIGKILL of the only, or the first; returns when it is gone. */
    public void kill() throws InterruptedException {
        kill(1);
    }

    /**
     * SIGKILL; returns when it is gone.
     *
     * @param id 1, 2, 3 ..., as the cluster knows it
     */
    public void kill(int id) throws InterruptedException {
        requireNonNull(nodes.get(id - 1).process).destroyForcibly().waitFor();
    }

    /** Starts the only, or the first, again with what it had; does not wait until it answers. */
    public void startAgain() throws IOException {
        nodes.getFirst().launch();
    }

    @Override
    public void close() {
        for (Node node : nodes) {
            @Nullable Process process = node.process;
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }

    private static final class Node {

        private final int id;
        private final Path directory;
        private final int port = freePort();
        private final int controllerPort = freePort();
        private volatile @Nullable Process process;

        Node(int id, Path directory) {
            this.id = id;
            this.directory = directory;
        }

        private Path settings() {
            return directory.resolve("broker.properties");
        }

        private String voter() {
            return "%d@%s:%d".formatted(id, HOST, controllerPort);
        }

        void writeSettings(List<Node> all) throws IOException {
            String copies = Integer.toString(Math.min(MOST_COPIES, all.size()));
            Properties settings = new Properties();
            settings.putAll(
                    Map.ofEntries(
                            Map.entry("process.roles", "broker,controller"),
                            Map.entry("node.id", Integer.toString(id)),
                            Map.entry(
                                    "listeners",
                                    "PLAINTEXT://%s:%d,CONTROLLER://%s:%d"
                                            .formatted(HOST, port, HOST, controllerPort)),
                            Map.entry("controller.listener.names", "CONTROLLER"),
                            Map.entry(
                                    "controller.quorum.voters",
                                    all.stream().map(Node::voter).collect(Collectors.joining(","))),
                            Map.entry("log.dirs", directory.resolve("data").toString()),
                            Map.entry("auto.create.topics.enable", "false"),
                            Map.entry("offsets.topic.replication.factor", copies),
                            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                            // A broker that comes back is let in when its former life has expired.
                            Map.entry("broker.session.timeout.ms", "2000"),
                            Map.entry("broker.heartbeat.interval.ms", "500")));
            try (var out = Files.newOutputStream(settings())) {
                settings.store(out, null);
            }
        }

        void format(String cluster) throws IOException {
            String[] arguments = {
                "format", "--cluster-id", cluster, "--config", settings().toString()
            };
            try (PrintStream said =
                    new PrintStream(
                            Files.newOutputStream(directory.resolve("format.log")), false, UTF_8)) {
                if (StorageTool.execute(arguments, said) != 0) {
                    throw new IllegalStateException(
                            "the broker's storage could not be formatted: " + directory);
                }
            }
        }

        void launch() throws IOException {
            process =
                    new ProcessBuilder(
                                    List.of(
                                            ProcessHandle.current().info().command().orElseThrow(),
                                            "-Xmx192m",
                                            "-XX:+UseSerialGC",
                                            "-XX:TieredStopAtLevel=1",
                                            "-Dlogback.configurationFile=" + LOGGING,
                                            "-cp",
                                            System.getProperty("java.class.path"),
                                            Kafka.class.getName(),
                                            settings().toString()))
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            directory.resolve("broker.log").toFile()))
                            .start();
        }
    }
}
