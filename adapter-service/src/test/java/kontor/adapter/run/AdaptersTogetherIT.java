package kontor.adapter.run;

import static kontor.adapter.run.AdapterProcesses.await;
import static kontor.adapter.run.AdapterProcesses.nobodyListensThere;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import kontor.packets.v1.AdapterEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One process for the adapters of two games. */
@Timeout(180)
final class AdaptersTogetherIT {

    private static final int GAME_PORT = 23_459;
    private static final int DATAGRAMS = 300;
    private static final InetAddress GAME1 = InetAddress.ofLiteral("127.72.1.1");
    private static final InetAddress GAME2_SEEN_BY_1 = InetAddress.ofLiteral("127.72.1.2");
    private static final InetAddress GAME2 = InetAddress.ofLiteral("127.72.2.2");
    private static final InetAddress GAME1_SEEN_BY_2 = InetAddress.ofLiteral("127.72.2.1");

    private static final String LAB =
            """
            lab: together
            ports: { tcp: [23459], udp: [23459] }
            instances:
              game1: { address: 127.72.1.1, peers: { game2: 127.72.1.2 } }
              game2: { address: 127.72.2.2, peers: { game1: 127.72.2.1 } }
            """;

    private @TempDir Path directory;
    private @Nullable TinyOrchestrator log;
    private AdapterProcesses lab;

    @BeforeEach
    void start() throws Exception {
        lab = new AdapterProcesses(LAB, directory);
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
        if (log != null) {
            log.close();
        }
    }

    @Test
    void killedTogetherEachPublishesItsOwnSpoolInOrderInWhicheverProcessComesNext()
            throws Exception {
        AdapterProcess together = adapters("game1,game2", directory, nobodyListensThere());
        await("both listen", () -> listening(together, "game1") && listening(together, "game2"));
        try (DatagramSocket game1 = new DatagramSocket(0, GAME1);
                DatagramSocket game2 = new DatagramSocket(0, GAME2)) {
            for (int number = 0; number < DATAGRAMS; number++) {
                send(game1, number, GAME2_SEEN_BY_1);
                send(game2, number, GAME1_SEEN_BY_2);
            }
            await(
                    "all captured",
                    () ->
                            captured(together, "game1") == 1 + DATAGRAMS
                                    && captured(together, "game2") == 1 + DATAGRAMS);
        }
        together.kill();

        TinyOrchestrator after = new TinyOrchestrator(lab.servers(), false);
        log = after;
        adapters("game1", directory.resolve("adapter-game1"), lab.servers());
        adapters("game2", directory.resolve("adapter-game2"), lab.servers());
        await("all four runs", () -> started(after, "game1") == 2 && started(after, "game2") == 2);

        for (String game : List.of("game1", "game2")) {
            List<AdapterEvent> ofGame = of(after, game);
            String run = ofGame.getFirst().getRunId();
            List<AdapterEvent> earlier =
                    ofGame.stream().filter(event -> event.getRunId().equals(run)).toList();
            assertThat(ofGame.subList(0, earlier.size()))
                    .as("before the next run")
                    .isEqualTo(earlier);
            assertThat(earlier)
                    .extracting(AdapterEvent::getAdapterSequence)
                    .as("numbered by itself")
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 1 + DATAGRAMS).boxed().toList());
            assertThat(earlier.stream().filter(AdapterEvent::hasDatagram))
                    .extracting(event ->
                            event.getDatagram().getPayload().asReadOnlyByteBuffer().getLong())
                    .as("what its game sent, and nothing of the other's")
                    .containsExactlyElementsOf(LongStream.range(0, DATAGRAMS).boxed().toList());
        }
    }

    @Test
    void eachRelaysAndTheProcessIsReadyAndEndsWithBoth() throws Exception {
        TinyOrchestrator orchestrator = new TinyOrchestrator(lab.servers());
        log = orchestrator;
        AdapterProcess together = adapters("game1,game2", directory, lab.servers());
        await(
                "both runs",
                () -> started(orchestrator, "game1") == 1 && started(orchestrator, "game2") == 1);
        await("ready", together::ready);
        try (DatagramSocket game1 = new DatagramSocket(GAME_PORT, GAME1);
                DatagramSocket game2 = new DatagramSocket(GAME_PORT, GAME2)) {
            send(game1, 1, GAME2_SEEN_BY_1);
            assertThat(received(game2)).isEqualTo(1);
            send(game2, 2, GAME1_SEEN_BY_2);
            assertThat(received(game1)).isEqualTo(2);
        }
        assertThat(together.health()).contains("\"game1\":{", "\"game2\":{");

        assertThat(together.stop()).as("exit status of an orderly end (SIGTERM)").isEqualTo(143);
        await(
                "both ends",
                () ->
                        orchestrator.events.stream().filter(AdapterEvent::hasRunStopped).count()
                                == 2);
    }

    @Test
    void aPortThatOneCannotHaveEndsTheProcessAndTheRunThatHadBegun() throws Exception {
        try (ServerSocket busy = new ServerSocket(GAME_PORT, 1, GAME1_SEEN_BY_2)) {
            AdapterProcess together = adapters("game1,game2", directory, lab.servers());

            assertThat(together.waitFor()).as("beside %s", busy).isEqualTo(1);
        }
        assertThat(lab.printed())
                .contains("Adapter of game1", "(game2)")
                .containsPattern("Run [0-9a-f-]+ stopped")
                .doesNotContain("\tat ");
    }

    private AdapterProcess adapters(String instances, Path data, String broker) throws IOException {
        return lab.start(
                Map.of(
                        "KONTOR_KAFKA_SERVERS",
                        broker,
                        "KONTOR_INSTANCE",
                        instances,
                        "KONTOR_DATA_DIR",
                        data.toString()));
    }

    private static void send(DatagramSocket game, long number, InetAddress to) throws IOException {
        byte[] bytes = ByteBuffer.allocate(200).putLong(number).array();
        game.send(new DatagramPacket(bytes, bytes.length, to, GAME_PORT));
    }

    private static long received(DatagramSocket game) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        game.setSoTimeout(60_000);
        game.receive(packet);
        return ByteBuffer.wrap(packet.getData()).getLong();
    }

    private static List<AdapterEvent> of(TinyOrchestrator log, String instance) {
        return log.events.stream().filter(event -> event.getInstance().equals(instance)).toList();
    }

    private static long started(TinyOrchestrator log, String instance) {
        return of(log, instance).stream().filter(AdapterEvent::hasRunStarted).count();
    }

    private static boolean listening(AdapterProcess adapters, String instance) {
        return captured(adapters, instance) > 0;
    }

    private static long captured(AdapterProcess adapters, String instance) {
        try {
            return adapters.counter(
                    "kontor_adapter_captured_events_total{instance=\"%s\"".formatted(instance));
        } catch (IOException e) {
            return 0;
        }
    }
}
