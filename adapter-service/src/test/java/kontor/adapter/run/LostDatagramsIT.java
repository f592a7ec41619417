package kontor.adapter.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import kontor.control.v1.AdapterStatus;
import kontor.lab.Lab;
import kontor.lab.LabFile;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.DatagramsMissed;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.MissCause;
import kontor.testing.infrastructure.TestKafka;
import kontor.topics.TopicCatalogue;
import kontor.topics.TopicSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The adapter's process stands still while its game talks: the kernel drops what it cannot keep.
 */
@Timeout(120)
final class LostDatagramsIT {

    private static final int PORT = 23_458;
    private static final int SENT = 2_000;
    private static final InetAddress GAME = InetAddress.ofLiteral("127.72.0.1");
    private static final InetAddress PEER = InetAddress.ofLiteral("127.72.0.2");

    private static final String LAB =
            """
            lab: lost
            ports: { tcp: [23458], udp: [23458] }
            instances:
              game1: { address: 127.72.0.1, peers: { game2: 127.72.0.2 } }
              game2: { address: 127.72.0.3, peers: { game1: 127.72.0.4 } }
            """;

    private final String servers = TestKafka.shared().bootstrapServers();
    private @TempDir Path directory;

    @Test
    void eachDatagramIsInTheLogOrCountedThereWithItsPlace() throws Exception {
        Lab lab = LabFile.parse("test", LAB);
        TestKafka.shared()
                .recreateTopics(TopicCatalogue.forInstances(lab.names(), TopicSettings.STANDARD));
        Files.writeString(directory.resolve("lab.yaml"), LAB);
        TinyOrchestrator log = new TinyOrchestrator(servers, false);
        try (AdapterProcess adapter = adapter();
                DatagramSocket game = new DatagramSocket(0, GAME)) {
            await("listening", adapter::listening);
            signal("STOP", adapter);
            try {
                for (int i = 0; i < SENT; i++) {
                    game.send(new DatagramPacket(new byte[1000], 1000, PEER, PORT));
                }
            } finally {
                signal("CONT", adapter);
            }
            await("all accounted for", () -> kept(log) + lost(log) >= SENT);

            assertThat(kept(log) + lost(log)).isEqualTo(SENT);
            assertThat(lost(log)).isPositive();
            assertThat(missed(log))
                    .allSatisfy(missed -> {
                        assertThat(missed.getCause()).isEqualTo(MissCause.MISS_CAUSE_SOCKET_BUFFER);
                        Endpoint socket = missed.getSocket();
                        assertThat(socket.getAddress().toByteArray()).isEqualTo(PEER.getAddress());
                        assertThat(socket.getPort()).isEqualTo(PORT);
                    });
            // Metrics show the status of up to a second ago.
            await(
                    "the metrics say so",
                    () ->
                            counted(adapter, "missed_sockets") == lost(log)
                                    && counted(adapter, "missed") == lost(log));
            assertThat(counted(adapter, "missed_spool")).isZero();
            await("the status says so", () -> log.statuses.stream().anyMatch(s -> says(s, log)));
        } finally {
            log.close();
        }
    }

    private static long counted(AdapterProcess adapter, String what) throws IOException {
        return adapter.counter("kontor_adapter_%s_datagrams_total".formatted(what));
    }

    private static boolean says(AdapterStatus status, TinyOrchestrator log) {
        return status.getMissedInSockets() == lost(log)
                && status.getMissedDatagrams() == lost(log)
                && status.getMissedAtGame() == 0;
    }

    private static long kept(TinyOrchestrator log) {
        return log.events.stream().filter(AdapterEvent::hasDatagram).count();
    }

    private static long lost(TinyOrchestrator log) {
        return missed(log).stream().mapToLong(DatagramsMissed::getCount).sum();
    }

    private static List<DatagramsMissed> missed(TinyOrchestrator log) {
        return log.events.stream()
                .filter(AdapterEvent::hasDatagramsMissed)
                .map(AdapterEvent::getDatagramsMissed)
                .toList();
    }

    /** When this returns, a stopped process reads nothing any more. */
    private static void signal(String signal, AdapterProcess adapter) throws Exception {
        Process kill =
                new ProcessBuilder("kill", "-" + signal, Long.toString(adapter.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private AdapterProcess adapter() throws Exception {
        return AdapterProcess.start(
                Map.of(
                        "KONTOR_KAFKA_SERVERS",
                        servers,
                        "KONTOR_LAB_FILE",
                        directory.resolve("lab.yaml").toString(),
                        "KONTOR_INSTANCE",
                        "game1",
                        "KONTOR_DATA_DIR",
                        directory.resolve("data").toString(),
                        "KONTOR_DATAGRAM_BUFFER",
                        "64KB"),
                directory.resolve("adapter.log"));
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(condition);
    }
}
