package kontor.orchestrator.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import kontor.commands.v1.AdapterCommand;
import kontor.control.v1.ControlEvent;
import kontor.control.v1.ProcessEnded;
import kontor.orchestrator.code.CodeThread;
import kontor.orchestrator.driving.OwnerStatus;
import kontor.orchestrator.driving.RehearsedGames;
import kontor.orchestrator.kafka.KafkaClients;
import kontor.orchestrator.mapping.SessionEventMapping;
import kontor.orchestrator.metrics.SequencerMetrics;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.orchestrator.settings.OrchestratorSettings;
import kontor.orchestrator.settings.ReloadSettings;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Endpoint;
import kontor.sessions.v1.SessionEvent;
import kontor.testing.infrastructure.TestKafka;
import kontor.topics.Records;
import kontor.topics.ServiceLife;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;
import kontor.topics.Topics;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.awaitility.Awaitility;

/** A lab of two instances on a real broker with fresh topics of one partition. */
final class KafkaLab implements AutoCloseable {

    static final String LAB = "lab";
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final ReloadSettings RELOAD =
            new ReloadSettings(
                    Duration.ofMillis(50),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofMinutes(10));

    private final String servers = TestKafka.shared().bootstrapServers();
    private final KafkaClients clients = new KafkaClients(servers);
    private final Producer<String, byte[]> producer;
    private final RehearsedGames games = new RehearsedGames(LAB);
    private final List<CodeThread> codes = new ArrayList<>();

    KafkaLab() {
        TestKafka.shared()
                .recreateTopics(
                        TopicCatalogue.forInstances(
                                List.of(new InstanceName("game1"), new InstanceName("game2")),
                                TopicSettings.STANDARD));
        producer = clients.producer("stand-in-adapters");
    }

    String servers() {
        return servers;
    }

    OrchestratorSettings settings(Duration sessionIdle) {
        return new OrchestratorSettings(
                servers,
                Set.of(0),
                sessionIdle,
                50,
                50,
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                100,
                Duration.ofDays(1),
                false,
                Duration.ofDays(1),
                "",
                RELOAD);
    }

    OrchestratorSettings standby(Duration patience) {
        OrchestratorSettings settings = settings(Duration.ofDays(1));
        return new OrchestratorSettings(
                servers,
                settings.partitions(),
                settings.sessionIdle(),
                settings.reissueEvents(),
                settings.inFlightRecords(),
                settings.pollTimeout(),
                settings.retryAfter(),
                settings.checkpointEvents(),
                settings.checkpointInterval(),
                true,
                patience,
                "",
                RELOAD);
    }

    /** A process of its own. */
    PartitionOwner owner(OrchestratorSettings settings, SequencerMetrics metrics) {
        return owner(settings, metrics, UUID.randomUUID());
    }

    PartitionOwner owner(OrchestratorSettings settings, SequencerMetrics metrics, UUID process) {
        return owner(settings, metrics, process, clients);
    }

    PartitionOwner owner(
            OrchestratorSettings settings,
            SequencerMetrics metrics,
            UUID process,
            KafkaClients clients) {
        CodeThread code = new CodeThread(metrics);
        codes.add(code);
        code.start();
        return new PartitionOwner(
                0,
                settings,
                clients,
                metrics,
                code,
                new ServiceLife("orchestrator-service", process, 1, 1, "test"),
                () -> {});
    }

    String run(int number) {
        return games.run(number);
    }

    /** From now on a topic takes no larger records. */
    void limit(String topic, int maxMessageBytes) throws ExecutionException, InterruptedException {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
            ConfigEntry entry =
                    new ConfigEntry(
                            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                            Integer.toString(maxMessageBytes));
            admin.incrementalAlterConfigs(
                            Map.of(
                                    new ConfigResource(ConfigResource.Type.TOPIC, topic),
                                    List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    AdapterEvent starts(int number) {
        return games.starts(number);
    }

    AdapterEvent sends(int number, String text) {
        return games.datagram(number, ByteString.copyFromUtf8(text));
    }

    AdapterEvent.Builder event(int number) {
        return games.event(number);
    }

    static Endpoint endpoint(int network, int instance) {
        return RehearsedGames.endpoint(network, instance);
    }

    /** Sent when the call returns, not yet acknowledged. */
    void publish(AdapterEvent event) {
        publish(Records.of(event));
    }

    void publish(ProducerRecord<String, byte[]> record) {
        Future<RecordMetadata> _ = producer.send(record);
    }

    /** The launcher's word that a process of the orchestrator is gone. */
    void ended(UUID process) {
        publish(
                Records.of(
                        ControlEvent.newBuilder()
                                .setControlId(UUID.randomUUID().toString())
                                .setSender("launcher")
                                .setProcessEnded(
                                        ProcessEnded.newBuilder()
                                                .setService("orchestrator-service")
                                                .setProcessId(process.toString()))
                                .build(),
                        0));
    }

    void publishAndWait(ControlEvent event) throws InterruptedException {
        try {
            producer.send(Records.of(event)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads from the beginning until {@code enough}. */
    List<SessionEvent> sessionEvents(Predicate<List<SessionEvent>> enough) {
        List<SessionEvent> read = new ArrayList<>();
        read(
                Topics.SESSION_EVENTS,
                r -> read.add(Records.sessionEvent(r)),
                () -> enough.test(read));
        return read;
    }

    /** Reads from the beginning until {@code enough}. */
    List<AdapterCommand> commands(int number, Predicate<List<AdapterCommand>> enough) {
        List<AdapterCommand> read = new ArrayList<>();
        read(
                Topics.commands(new InstanceName("game" + number)),
                r -> read.add(Records.adapterCommand(r)),
                () -> enough.test(read));
        return read;
    }

    /** What a reader who knows claims and epochs takes from the log, once there is so much. */
    List<SessionEvent> truth(int count) {
        List<SessionEvent> all = sessionEvents(read -> validOf(read).size() >= count);
        return validOf(all);
    }

    private static List<SessionEvent> validOf(List<SessionEvent> all) {
        PartitionLog log = new PartitionLog();
        return all.stream()
                .filter(event -> {
                    LogRecord record = SessionEventMapping.read(event);
                    PartitionLog.Outcome outcome = log.fold(record);
                    return record instanceof LogRecord.Entry
                            && outcome.kind() == PartitionLog.Kind.APPLIED;
                })
                .toList();
    }

    /** What an adapter that knows epochs and sequences gives to its game, once it is so much. */
    List<String> carriedOut(int number, int count) {
        return carriedOut(commands(number, read -> carriedOut(read).size() >= count));
    }

    private static List<String> carriedOut(List<AdapterCommand> commands) {
        List<String> texts = new ArrayList<>();
        long epoch = 0;
        for (AdapterCommand command : commands) {
            epoch = Math.max(epoch, command.getOwnerEpoch());
            if (command.getOwnerEpoch() < epoch || command.getCommandSequence() <= texts.size()) {
                continue;
            }
            assertThat(command.getCommandSequence()).isEqualTo(texts.size() + 1);
            texts.add(command.getActions(0).getSendDatagram().getPayload().toStringUtf8());
        }
        return texts;
    }

    /** Reads from the beginning until {@code enough}. */
    List<ControlEvent> controlEvents(Predicate<List<ControlEvent>> enough) {
        List<ControlEvent> read = new ArrayList<>();
        read(Topics.CONTROL, r -> read.add(Records.controlEvent(r)), () -> enough.test(read));
        return read;
    }

    private void read(
            String topic,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> sink,
            BooleanSupplier enough) {
        try (Consumer<String, byte[]> consumer = clients.inputConsumer("reader")) {
            List<TopicPartition> partition = List.of(new TopicPartition(topic, 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            await(() -> {
                consumer.poll(Duration.ofMillis(20)).forEach(sink);
                return enough.getAsBoolean();
            });
        }
    }

    static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(condition);
    }

    static void await(PartitionOwner owner, OwnerStatus.State state) {
        await(() -> owner.status().state() == state);
    }

    static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "message " + i).toList();
    }

    @Override
    public void close() {
        codes.forEach(CodeThread::close);
        producer.close(Duration.ofSeconds(5));
    }
}
