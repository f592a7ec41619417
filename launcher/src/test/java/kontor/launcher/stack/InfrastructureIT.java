package kontor.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import kontor.launcher.supervision.Phase;
import kontor.launcher.supervision.ProcessIdentity;
import kontor.topics.Topics;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Database and broker for themselves, as {@code ./kontor up} starts them. */
@Timeout(300)
final class InfrastructureIT {

    private static final Set<String> SERVICES =
            Set.of(
                    "orchestrator",
                    "analysis",
                    "gateway",
                    "adapter-game1",
                    "adapter-game2",
                    "adapter-game3",
                    "adapter-game4");

    @TempDir private Path data;
    private final Installation installation = Installation.locate();
    private final Launcher launcher = new Launcher(installation);

    @Test
    void whatWasWrittenSurvivesKillsAndStarts() throws Exception {
        try (Stack stack = start()) {
            stack.awaitReady();
            write(stack, "before");
            assertThat(setting(stack, "fsync")).isEqualTo("on");
            assertThat(setting(stack, "synchronous_commit")).isEqualTo("on");

            stack.kill("database");
            stack.kill("broker");
            assertThat(stack.state().process("broker").orElseThrow().phase()).isEqualTo(Phase.DIED);
            stack.start("database");
            stack.start("broker");
            assertThat(read(stack)).containsExactly("row before", "record before");
        }

        try (Stack stack = start()) {
            stack.awaitReady();
            assertThat(read(stack)).containsExactly("row before", "record before");
        }
        assertThat(new DataDirectory(data).readState()).isEmpty();
        assertThat(Files.exists(data.resolve("logs/broker.log.1"))).isTrue();
    }

    @Test
    void whoIsSuspendedStandsStillWithItsChildrenAndAnswersOnceResumed() throws Exception {
        try (Stack stack = start()) {
            stack.awaitReady();
            write(stack, "before");

            stack.suspend("database");
            stack.suspend("broker");
            assertThat(family(stack, "database")).hasSizeGreaterThan(1);
            awaitStandstill(family(stack, "database"));
            awaitStandstill(family(stack, "broker"));

            stack.resume("database");
            stack.resume("broker");
            assertThat(read(stack)).containsExactly("row before", "record before");
        }
    }

    private static List<ProcessHandle> family(Stack stack, String name) {
        ProcessIdentity identity = stack.state().process(name).orElseThrow().identity();
        assertThat(identity).isNotNull();
        ProcessHandle process = ProcessHandle.of(identity.pid()).orElseThrow();
        return Stream.concat(Stream.of(process), process.descendants()).toList();
    }

    /** A signal is delivered in the kernel's own time. */
    private static void awaitStandstill(List<ProcessHandle> family) throws IOException {
        for (ProcessHandle process : family) {
            Path stat = Path.of("/proc/%d/stat".formatted(process.pid()));
            for (String state = ""; !state.equals("T"); state = state(stat)) {
                Thread.onSpinWait();
            }
        }
    }

    private static String state(Path stat) throws IOException {
        String text = Files.readString(stat);
        return text.substring(text.lastIndexOf(')') + 2, text.lastIndexOf(')') + 3);
    }

    @Test
    void oneDataDirectoryHasOneStack() throws Exception {
        try (Stack stack = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOfSatisfying(
                            LaunchRefusedException.class,
                            refused ->
                                    assertThat(refused.refusal())
                                            .isInstanceOf(Refusal.AlreadyRunning.class));
            assertThat(Launcher.running(data))
                    .hasValueSatisfying(
                            state -> assertThat(state.page()).isEqualTo(stack.page().toString()));
        }
        assertThat(Launcher.running(data)).isEmpty();
    }

    @Test
    void aLabWithMistakesStartsNothing() throws IOException {
        Path lab = Files.writeString(data.resolve("lab.yaml"), "lab: Default\nprots: {}\n");

        assertThatThrownBy(() -> launcher.launch(StackSettings.of(data.resolve("d"), lab)))
                .isInstanceOf(LaunchRefusedException.class)
                .hasMessageContaining("lab.yaml:1:")
                .hasMessageContaining("lab.yaml:2:");
        assertThat(Files.exists(data.resolve("d"))).isFalse();
    }

    private Stack start() throws IOException, LaunchRefusedException {
        return launcher.launch(StackSettings.of(data, installation.defaultLab()).without(SERVICES));
    }

    private static void write(Stack stack, String text)
            throws SQLException, ExecutionException, InterruptedException {
        try (Connection connection = connect(stack);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE note (text text)");
            statement.execute("INSERT INTO note VALUES ('row %s')".formatted(text));
        }
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", stack.kafkaServers(), "acks", "all"),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.CONTROL, "default", "record " + text)).get();
        }
    }

    private static List<String> read(Stack stack) throws SQLException {
        String row = query(stack, "SELECT text FROM note");
        TopicPartition partition = new TopicPartition(Topics.CONTROL, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", stack.kafkaServers()),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var records = consumer.poll(Duration.ofSeconds(30)).records(partition);
            assertThat(records).hasSize(1);
            return List.of(row, records.getFirst().value());
        }
    }

    private static String setting(Stack stack, String name) throws SQLException {
        return query(stack, "SHOW " + name);
    }

    private static String query(Stack stack, String sql) throws SQLException {
        try (Connection connection = connect(stack);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return new String(rows.getBytes(1), StandardCharsets.UTF_8);
        }
    }

    private static Connection connect(Stack stack) throws SQLException {
        return DriverManager.getConnection(stack.postgresUrl(), "kontor", "");
    }
}
