package kontor.orchestrator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kontor.commands.v1.AdapterCommand;
import kontor.orchestrator.kafka.KafkaClients;
import kontor.orchestrator.mapping.SessionEventMapping;
import kontor.orchestrator.ownership.LogRecord;
import kontor.orchestrator.ownership.PartitionLog;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.Datagram;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.RunStarted;
import kontor.sessions.v1.SessionEvent;
import kontor.testing.infrastructure.MortalKafka;
import kontor.topics.Records;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;
import kontor.topics.Topics;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A cluster: three brokers, replication 3 and two in sync at least; two orchestrators, each with
 * half of the partitions; many labs of two games, whose adapters are the test. With {@code
 * -Dkontor.cluster.labs=100} a hundred.
 */
@Timeout(480)
final class ManyLabsIT {

    private static final int LABS = Integer.getInteger("kontor.cluster.labs", 12);
    private static final int PARTITIONS = 4;
    private static final int ROUNDS = 20;

    /** Beside its packets: its two runs, which began before its session, and that this began. */
    private static final int OTHER_EVENTS = 3;

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String NOWHERE = "127.0.0.1:9";

    @TempDir private Path directory;
    private final Map<String, Long> adapterSequences = new HashMap<>();
    private final Map<String, String> runs = new HashMap<>();
    private final List<ConfigurableApplicationContext> orchestrators = new ArrayList<>();
    private MortalKafka kafka;
    private KafkaClients clients;
    private Producer<String, byte[]> adapters;

    @BeforeEach
    void start() throws Exception {
        kafka = new MortalKafka(directory, 3);
        clients = new KafkaClients(kafka.bootstrapServers());
        kafka.createTopics(
                TopicCatalogue.forInstances(
                        labs().flatMap(lab -> Stream.of(sender(lab), receiver(lab)))
                                .map(InstanceName::new)
                                .toList(),
                        new TopicSettings(PARTITIONS, (short) 3, Duration.ofMillis(-1))));
        adapters = clients.producer("stand-in-adapters");
        orchestrators.add(orchestrator("0,1"));
        orchestrators.add(orchestrator("2,3"));
    }

    @AfterEach
    void stop() {
        orchestrators.forEach(ConfigurableApplicationContext::close);
        if (adapters != null) {
            adapters.close(Duration.ZERO);
        }
        if (kafka != null) {
            kafka.close();
        }
    }

    @Test
    void ofManyLabsNothingIsLostOrDoubledWhenABrokerIsKilled() throws Exception {
        for (ConfigurableApplicationContext orchestrator : orchestrators) {
            awaitReady(orchestrator);
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        labs().forEach(lab -> {
            sent.add(adapters.send(Records.of(starts(lab, sender(lab), 1))));
            sent.add(adapters.send(Records.of(starts(lab, receiver(lab), 2))));
        });
        for (int round = 1; round <= ROUNDS / 2; round++) {
            play(round, sent);
        }
        kafka.kill(leaderOfTheFirstPartition());
        for (int round = ROUNDS / 2 + 1; round <= ROUNDS; round++) {
            play(round, sent);
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }

        Map<String, List<String>> carriedOut = carriedOut();
        List<String> all =
                IntStream.rangeClosed(1, ROUNDS).mapToObj(round -> "round " + round).toList();
        labs().forEach(lab -> assertThat(carriedOut.get(receiver(lab))).as(lab).isEqualTo(all));
        Map<String, List<SessionEvent>> truth = truth();
        labs().forEach(lab -> {
            assertThat(truth.get(lab))
                    .as(lab)
                    .filteredOn(event -> event.getSessionSequence() > 0)
                    .extracting(SessionEvent::getSessionSequence)
                    .isEqualTo(LongStream.rangeClosed(1, ROUNDS + 1).boxed().toList());
            assertThat(truth.get(lab))
                    .filteredOn(event -> event.getAdapterEvent().hasDatagram())
                    .extracting(event -> text(event.getAdapterEvent().getDatagram()))
                    .isEqualTo(all);
        });
        assertThat(truth).hasSize(LABS);
    }

    private void play(int round, List<Future<RecordMetadata>> sent) {
        labs().forEach(lab -> sent.add(adapters.send(Records.of(sends(lab, "round " + round)))));
    }

    private static Stream<String> labs() {
        return IntStream.rangeClosed(1, LABS).mapToObj(number -> "lab" + number);
    }

    private static String sender(String lab) {
        return lab + "-game1";
    }

    private static String receiver(String lab) {
        return lab + "-game2";
    }

    private AdapterEvent starts(String lab, String instance, int own) {
        String other = own == 1 ? receiver(lab) : sender(lab);
        return event(lab, instance)
                .setRunStarted(
                        RunStarted.newBuilder()
                                .setInstanceAddress(address(own, own))
                                .putPeerAddresses(other, address(own, 3 - own)))
                .build();
    }

    private AdapterEvent sends(String lab, String text) {
        return event(lab, sender(lab))
                .setDatagram(
                        Datagram.newBuilder()
                                .setSource(endpoint(1, 1))
                                .setDestination(endpoint(1, 2))
                                .setPayload(ByteString.copyFromUtf8(text)))
                .setPayloadCrc32C(Bytes.copyOf(text.getBytes(UTF_8)).crc32c())
                .build();
    }

    private AdapterEvent.Builder event(String lab, String instance) {
        return AdapterEvent.newBuilder()
                .setLab(lab)
                .setInstance(instance)
                .setRunId(runs.computeIfAbsent(instance, _ -> UUID.randomUUID().toString()))
                .setAdapterSequence(adapterSequences.merge(instance, 1L, Long::sum));
    }

    private static Endpoint endpoint(int network, int instance) {
        return Endpoint.newBuilder().setAddress(address(network, instance)).setPort(2300).build();
    }

    private static ByteString address(int network, int instance) {
        return ByteString.copyFrom(new byte[] {127, (byte) network, 0, (byte) instance});
    }

    private static String text(Datagram datagram) {
        return datagram.getPayload().toStringUtf8();
    }

    private int leaderOfTheFirstPartition() throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.of(
                                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                                kafka.bootstrapServers()))) {
            TopicPartitionInfo first =
                    requireNonNull(
                                    admin.describeTopics(List.of(Topics.PACKETS))
                                            .allTopicNames()
                                            .get()
                                            .get(Topics.PACKETS))
                            .partitions()
                            .getFirst();
            assertThat(first.replicas()).hasSize(3);
            return first.leader().id();
        }
    }

    /** What adapters that know epochs and sequences give to their games, once it is all. */
    private Map<String, List<String>> carriedOut() {
        Map<String, List<String>> texts = new HashMap<>();
        Map<String, Long> epochs = new HashMap<>();
        read(
                labs().map(lab -> Topics.commands(new InstanceName(receiver(lab))))
                        .map(topic -> new TopicPartition(topic, 0))
                        .toList(),
                record -> {
                    AdapterCommand command = Records.adapterCommand(record);
                    String instance = command.getInstance();
                    List<String> own = texts.computeIfAbsent(instance, _ -> new ArrayList<>());
                    long newest = epochs.merge(instance, command.getOwnerEpoch(), Math::max);
                    if (command.getOwnerEpoch() == newest
                            && command.getCommandSequence() > own.size()) {
                        assertThat(command.getCommandSequence()).isEqualTo(own.size() + 1);
                        own.add(
                                command.getActions(0)
                                        .getSendDatagram()
                                        .getPayload()
                                        .toStringUtf8());
                    }
                },
                () ->
                        texts.size() == LABS
                                && texts.values().stream().allMatch(own -> own.size() >= ROUNDS));
        return texts;
    }

    /** What a reader who knows claims and epochs takes from the logs, once it is all, by lab. */
    private Map<String, List<SessionEvent>> truth() {
        Map<String, List<SessionEvent>> events = new HashMap<>();
        Map<Integer, PartitionLog> logs = new HashMap<>();
        read(
                IntStream.range(0, PARTITIONS)
                        .mapToObj(number -> new TopicPartition(Topics.SESSION_EVENTS, number))
                        .toList(),
                record -> {
                    SessionEvent event = Records.sessionEvent(record);
                    LogRecord read = SessionEventMapping.read(event);
                    PartitionLog.Outcome outcome =
                            logs.computeIfAbsent(record.partition(), _ -> new PartitionLog())
                                    .fold(read);
                    if (read instanceof LogRecord.Entry
                            && outcome.kind() == PartitionLog.Kind.APPLIED) {
                        events.computeIfAbsent(event.getLab(), _ -> new ArrayList<>()).add(event);
                    }
                },
                () ->
                        events.size() == LABS
                                && events.values().stream()
                                        .allMatch(own -> own.size() >= ROUNDS + OTHER_EVENTS));
        return events;
    }

    private void read(
            List<TopicPartition> partitions,
            Consumer<ConsumerRecord<String, byte[]>> sink,
            BooleanSupplier enough) {
        try (var consumer = clients.inputConsumer("reader")) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Awaitility.await()
                    .pollInSameThread()
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(PATIENCE)
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(20)).forEach(sink);
                        return enough.getAsBoolean();
                    });
        }
    }

    private ConfigurableApplicationContext orchestrator(String partitions) {
        return SpringApplication.run(
                OrchestratorApplication.class,
                "--server.port=0",
                "--kontor.orchestrator.kafka-servers=" + kafka.bootstrapServers(),
                "--kontor.orchestrator.partitions=" + partitions,
                "--spring.datasource.url=jdbc:postgresql://" + NOWHERE + "/kontor");
    }

    private static void awaitReady(ConfigurableApplicationContext orchestrator) {
        String port = orchestrator.getEnvironment().getProperty("local.server.port");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")).build();
        HttpClient http = HttpClient.newHttpClient();
        Awaitility.await("an orchestrator")
                .atMost(PATIENCE)
                .until(() -> http.send(request, BodyHandlers.discarding()).statusCode() == 200);
    }
}
