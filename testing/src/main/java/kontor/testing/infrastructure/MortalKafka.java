package kontor.testing.infrastructure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;
import kontor.topics.TopicSpec;
import org.apache.kafka.common.Uuid;

/**
 * A real broker as a process of its own, on one port for its whole life: for tests in which it is
 * killed and comes back. It ends with the test's JVM at the latest.
 */
public final class MortalKafka implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String LOGGING = "kontor/testing/infrastructure/broker-logback.xml";

    private final Path directory;
    private final int port = freePort();
    private Process process;

    /**
     * Formats and starts it.
     *
     * @param directory empty; for its data and what it prints
     */
    public MortalKafka(Path directory) throws IOException {
        this.directory = directory;
        writeSettings();
        format();
        process = launch();
        // It must not outlive this JVM, however that ends.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    private void format() throws IOException {
        String[] arguments = {
            "format",
            "--standalone",
            "--cluster-id",
            Uuid.randomUuid().toString(),
            "--config",
            settings().toString()
        };
        try (PrintStream said =
                new PrintStream(
                        Files.newOutputStream(directory.resolve("format.log")), false, UTF_8)) {
            if (StorageTool.execute(arguments, said) != 0) {
                throw new IllegalStateException("the broker's storage could not be formatted");
            }
        }
    }

    private Path settings() {
        return directory.resolve("broker.properties");
    }

    private void writeSettings() throws IOException {
        int controllerPort = freePort();
        Properties settings = new Properties();
        settings.putAll(
                Map.ofEntries(
                        Map.entry("process.roles", "broker,controller"),
                        Map.entry("node.id", "1"),
                        Map.entry(
                                "listeners",
                                "PLAINTEXT://%s:%d,CONTROLLER://%s:%d"
                                        .formatted(HOST, port, HOST, controllerPort)),
                        Map.entry("controller.listener.names", "CONTROLLER"),
                        Map.entry(
                                "controller.quorum.bootstrap.servers", HOST + ":" + controllerPort),
                        Map.entry("log.dirs", directory.resolve("data").toString()),
                        Map.entry("auto.create.topics.enable", "false"),
                        Map.entry("offsets.topic.replication.factor", "1"),
                        Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                        // A broker that comes back is let in when its former life has expired.
                        Map.entry("broker.session.timeout.ms", "2000"),
                        Map.entry("broker.heartbeat.interval.ms", "500")));
        try (var out = Files.newOutputStream(settings())) {
            settings.store(out, null);
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dlogback.configurationFile=" + LOGGING,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Kafka.class.getName(),
                                settings().toString()))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(directory.resolve("broker.log").toFile()))
                .start();
    }

    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** Makes the topics, as soon as it answers. */
    public void createTopics(Collection<TopicSpec> topics) {
        TestKafka.createTopics(bootstrapServers(), topics);
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again with what it had; does not wait until it answers. */
    public void startAgain() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
