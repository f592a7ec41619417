package kontor.adapter.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kontor.commands.v1.Outcome;
import kontor.commands.v1.Receipt;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.packets.v1.AdapterEvent;
import kontor.testing.infrastructure.MortalKafka;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two adapters of one process whose broker is killed while their games talk, and comes back. */
@Timeout(180)
final class BrokerAwayIT {

    private static final int GAME_PORT = 23_458;
    private static final int DATAGRAMS = 300;

    /** Bytes: four as a datagram and four in a stream, each time. */
    private static final long SAID = 2L * DATAGRAMS * 8;

    private static final InetAddress GAME1 = InetAddress.ofLiteral("127.71.1.1");
    private static final InetAddress GAME2_SEEN_BY_1 = InetAddress.ofLiteral("127.71.1.2");
    private static final InetAddress GAME2 = InetAddress.ofLiteral("127.71.2.2");

    private static final String LAB =
            """
            lab: broker-away
            ports: { tcp: [23458], udp: [23458] }
            instances:
              game1: { address: 127.71.1.1, peers: { game2: 127.71.1.2 } }
              game2: { address: 127.71.2.2, peers: { game1: 127.71.2.1 } }
            """;

    private @TempDir Path directory;
    private MortalKafka broker;
    private TinyOrchestrator orchestrator;
    private Adapters adapters;
    private AdapterRun adapter1;
    private AdapterRun adapter2;

    @BeforeEach
    void start() throws Exception {
        Lab lab = LabFile.parse("test", LAB);
        broker = new MortalKafka(Files.createDirectory(directory.resolve("broker")));
        broker.createTopics(TopicCatalogue.forInstances(lab.names(), TopicSettings.STANDARD));
        orchestrator = new TinyOrchestrator(broker.bootstrapServers());
        adapters = TestAdapters.of(lab, List.of(settings("game1"), settings("game2")));
        List<AdapterRun> runs = adapters.runs().toList();
        adapter1 = runs.getFirst();
        adapter2 = runs.getLast();
        adapters.start();
        await("both runs in the log", () -> orchestrator.events.size() >= 2);
    }

    private AdapterSettings settings(String name) {
        return TestSettings.of(name, broker.bootstrapServers(), directory);
    }

    @AfterEach
    void stop() throws Exception {
        adapters.stop();
        orchestrator.close();
        broker.close();
    }

    @Test
    void whatHappensMeanwhileComesAfterwardsAndEachCommandHasOneReceipt() throws Exception {
        try (DatagramSocket game1 = new DatagramSocket(0, GAME1);
                DatagramSocket game2 = new DatagramSocket(GAME_PORT, GAME2);
                ServerSocket listening = new ServerSocket(GAME_PORT, 5, GAME2);
                Socket stream = new Socket()) {
            game2.setSoTimeout(60_000);
            stream.bind(new InetSocketAddress(GAME1, 0));
            stream.connect(new InetSocketAddress(GAME2_SEEN_BY_1, GAME_PORT));
            try (Socket accepted = listening.accept()) {
                talk(game1, stream, 0, DATAGRAMS);
                // In the middle of it: commands are under way, and receipts.
                broker.kill();
                talk(game1, stream, DATAGRAMS, 2 * DATAGRAMS);
                await(
                        "all is captured",
                        () -> adapter1.state().game().capturedPayloadBytes() == SAID);
                // Read from before they come: a socket that nobody reads holds fewer than these.
                FutureTask<List<Integer>> arrived = new FutureTask<>(() -> received(game2));
                Thread.ofPlatform().daemon().name("kontor-test-game2").start(arrived);
                broker.startAgain();
                assertThat(arrived.get())
                        .isEqualTo(IntStream.range(0, 2 * DATAGRAMS).boxed().toList());
                var bytes = accepted.getInputStream().readNBytes(2 * DATAGRAMS * 4);
                for (int number = 0; number < 2 * DATAGRAMS; number++) {
                    assertThat(ByteBuffer.wrap(bytes).getInt(4 * number)).isEqualTo(number);
                }
            }
        }
        await("all is acknowledged", () -> adapter1.state().spool().events() == 0);
        eachEventIsThereInOrder(adapter1);
        eachCommandHasItsReceipt(adapter2);
    }

    private static List<Integer> received(DatagramSocket game) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 2 * DATAGRAMS; i++) {
            DatagramPacket arrived = new DatagramPacket(new byte[100], 100);
            game.receive(arrived);
            numbers.add(ByteBuffer.wrap(arrived.getData()).getInt());
        }
        return numbers;
    }

    private static void talk(DatagramSocket datagrams, Socket stream, int from, int to)
            throws IOException {
        for (int number = from; number < to; number++) {
            byte[] bytes = ByteBuffer.allocate(4).putInt(number).array();
            datagrams.send(new DatagramPacket(bytes, 4, GAME2_SEEN_BY_1, GAME_PORT));
            stream.getOutputStream().write(bytes);
        }
    }

    private void eachEventIsThereInOrder(AdapterRun adapter) {
        String run = adapter.identity().run().toString();
        List<Long> sequences =
                orchestrator.events.stream()
                        .filter(event -> event.getRunId().equals(run))
                        .map(AdapterEvent::getAdapterSequence)
                        .distinct()
                        .toList();
        assertThat(sequences)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, sequences.size()).boxed().toList());
    }

    private void eachCommandHasItsReceipt(AdapterRun adapter) {
        String run = adapter.identity().run().toString();
        await(
                "a receipt of the latest command",
                () ->
                        orchestrator.receipts.stream()
                                .anyMatch(receipt ->
                                        receipt.getTargetRunId().equals(run)
                                                && receipt.getCommandSequence()
                                                        == orchestrator.commandsTo("game2")));
        Map<Long, List<Receipt>> receipts =
                orchestrator.receipts.stream()
                        .filter(receipt -> receipt.getTargetRunId().equals(run))
                        .collect(Collectors.groupingBy(Receipt::getCommandSequence));
        assertThat(receipts.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, orchestrator.commandsTo("game2"))
                                .boxed()
                                .toList());
        assertThat(receipts.values())
                .allSatisfy(same -> {
                    assertThat(same.getFirst().getOutcome()).isEqualTo(Outcome.OUTCOME_DONE);
                    assertThat(same).as("the same word").containsOnly(same.getFirst());
                });
    }

    private static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(condition::getAsBoolean);
    }
}
