package kontor.launcher.guests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import kontor.launcher.plan.GuestFiles;
import kontor.launcher.plan.Guests;
import kontor.launcher.stack.Launcher;
import kontor.launcher.stack.Stack;
import kontor.launcher.stack.StackSettings;
import kontor.packets.v1.AdapterEvent;
import kontor.topics.BrokerLogin;
import kontor.topics.Records;
import kontor.topics.Topics;
import kontor.vocabulary.InstanceName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The broker as {@code ./kontor up --guests} starts it, and clients that come from elsewhere. */
@Timeout(300)
final class GuestsIT {

    private static final InstanceName GAME1 = new InstanceName("game1");
    private static final InstanceName GAME2 = new InstanceName("game2");

    /** Of the test that looks at what has come in: others write there, too. */
    private static final String OWN_RUN = "run of the door's test";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private static Path data;
    private static Stack stack;
    private static Guests guests;
    private static Admin admin;
    private static Invitations invitations;
    private static String password;

    @BeforeAll
    static void invite() throws Exception {
        Path lab =
                Files.writeString(
                        data.resolve("lab.yaml"),
                        """
                        lab: duel
                        ports: { tcp: [47624], udp: [47624] }
                        instances:
                          game1: { address: 127.1.0.1, peers: { game2: 127.1.0.2 } }
                          game2: { address: 127.2.0.2, peers: { game1: 127.2.0.1 } }
                        """);
        guests = new Guests(InetAddress.ofLiteral("127.0.0.1"), freePort());
        stack =
                Launcher.here()
                        .launch(
                                StackSettings.of(data.resolve("data"), lab)
                                        .without(
                                                Set.of(
                                                        "database",
                                                        "orchestrator",
                                                        "analysis",
                                                        "gateway",
                                                        "adapter-game1",
                                                        "adapter-game2"))
                                        .withGuests(guests));
        stack.awaitReady();
        admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaServers()));
        invitations = new Invitations(admin, stack.lab());
        invitations.invite(GAME1);
        password = invitations.invite(GAME2);
    }

    @AfterAll
    static void stop() throws IOException {
        if (admin != null) {
            admin.close();
        }
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void whatAGuestWritesToItsOwnTopicComesInInOrderAndWhatItSaysOfOthersDoesNot()
            throws Exception {
        try (var producer = producer(password)) {
            for (long sequence = 1; sequence <= 20; sequence++) {
                Future<RecordMetadata> _ =
                        producer.send(Records.ofGuest(packet("game1", OWN_RUN, sequence), GAME2));
                Future<RecordMetadata> _ =
                        producer.send(Records.ofGuest(packet("game2", OWN_RUN, sequence), GAME2));
            }
            producer.flush();
        }

        List<AdapterEvent> arrived = new ArrayList<>();
        try (var consumer = consumer(Map.of("bootstrap.servers", stack.kafkaServers()))) {
            TopicPartition packets = new TopicPartition(Topics.PACKETS, 0);
            consumer.assign(List.of(packets));
            consumer.seekToBeginning(List.of(packets));
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (arrived.size() < 20 && System.nanoTime() < end) {
                for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(100))) {
                    AdapterEvent event = Records.adapterEvent(record);
                    if (event.getRunId().equals(OWN_RUN)) {
                        arrived.add(event);
                    }
                }
            }
        }
        assertThat(arrived).allMatch(event -> event.getInstance().equals("game2"));
        assertThat(arrived.stream().map(AdapterEvent::getAdapterSequence).distinct())
                .containsExactly(
                        1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L,
                        18L, 19L, 20L);
    }

    @Test
    void aGuestReadsItsOwnCommands() throws Exception {
        try (var producer =
                new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", stack.kafkaServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    Topics.commands(GAME2), "duel", new byte[] {1, 2, 3}))
                    .get();
        }

        assertThat(read(password, Topics.commands(GAME2))).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kontor.packets",
                "kontor.receipts",
                "kontor.control",
                "kontor.session-events",
                "kontor.orchestrator-state",
                "kontor.commands.game1",
                "kontor.commands.game2",
                "kontor.packets.game1",
                "kontor.receipts.game1",
                "kontor.control.game1"
            })
    void aGuestWritesToNothingElse(String topic) throws IOException {
        try (var producer = producer(password)) {
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>(topic, "duel", new byte[] {1}))
                                    .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kontor.packets",
                "kontor.session-events",
                "kontor.control",
                "kontor.commands.game1",
                "kontor.packets.game1",
                "kontor.packets.game2"
            })
    void aGuestReadsNothingElse(String topic) {
        assertThatThrownBy(() -> read(password, topic)).isInstanceOf(AuthorizationException.class);
    }

    @Test
    void withAWrongPasswordNothingIsReadOrWritten() throws IOException {
        try (var producer = producer("wrong")) {
            assertThatThrownBy(
                            () -> producer.send(Records.ofGuest(packet("game2", 1), GAME2)).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
        assertThatThrownBy(() -> read("wrong", Topics.commands(GAME2)))
                .isInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void noPasswordIsShownToABrokerThatIsNotTheOneOfTheInvitation() throws Exception {
        Path elsewhere = Files.createDirectories(data.resolve("elsewhere"));
        GuestCertificate.makeIfMissing(
                Path.of(System.getProperty("java.home"), "bin", "keytool"),
                elsewhere,
                guests,
                data.resolve("keytool.log"));
        BrokerLogin login =
                new BrokerLogin(
                        invitations.user(GAME2),
                        password,
                        GuestFiles.certificate(elsewhere, guests).toString());

        try (var producer = producer(login)) {
            assertThatThrownBy(
                            () -> producer.send(Records.ofGuest(packet("game2", 1), GAME2)).get())
                    .hasCauseInstanceOf(SslAuthenticationException.class);
        }
    }

    @Test
    void aRevokedGuestIsOutEvenWhileItIsConnected() throws Exception {
        InstanceName game1 = GAME1;
        String first = invitations.invite(game1);
        BrokerLogin login =
                new BrokerLogin(invitations.user(game1), first, certificate().toString());
        try (var producer = producer(login)) {
            producer.send(Records.ofGuest(packet("game1", 1), game1)).get();

            assertThat(invitations.revoke(game1)).isTrue();

            assertThatThrownBy(
                            () -> producer.send(Records.ofGuest(packet("game1", 2), game1)).get())
                    .hasCauseInstanceOf(AuthorizationException.class);
        }
        try (var producer = producer(login)) {
            assertThatThrownBy(
                            () -> producer.send(Records.ofGuest(packet("game1", 2), game1)).get())
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
        assertThat(invitations.revoke(game1)).isFalse();
        invitations.invite(game1);
    }

    private static ProducerRecord<String, byte[]> packet(String instance, long sequence) {
        return packet(instance, "run of " + instance, sequence);
    }

    private static ProducerRecord<String, byte[]> packet(
            String instance, String run, long sequence) {
        return Records.of(
                AdapterEvent.newBuilder()
                        .setLab("duel")
                        .setInstance(instance)
                        .setRunId(run)
                        .setAdapterSequence(sequence)
                        .build());
    }

    private static byte[] read(String asked, String topic) {
        try (var consumer = consumer(settings(login(asked)))) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                for (ConsumerRecord<String, byte[]> record :
                        consumer.poll(Duration.ofMillis(100))) {
                    return record.value();
                }
            }
            throw new AssertionError("nothing to read in " + topic);
        }
    }

    private static KafkaConsumer<String, byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static KafkaProducer<String, byte[]> producer(String asked) {
        return producer(login(asked));
    }

    private static KafkaProducer<String, byte[]> producer(BrokerLogin login) {
        return new KafkaProducer<>(
                settings(login), new StringSerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> settings(BrokerLogin login) {
        Map<String, Object> settings = new HashMap<>(login.settings());
        settings.put("bootstrap.servers", guests.place());
        return settings;
    }

    private static BrokerLogin login(String asked) {
        return new BrokerLogin(invitations.user(GAME2), asked, certificate().toString());
    }

    private static Path certificate() {
        return GuestFiles.certificate(
                data.resolve("data").resolve("broker").resolve("guests"), guests);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }
}
