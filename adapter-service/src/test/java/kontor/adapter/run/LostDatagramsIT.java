package kontor.adapter.run;

import static kontor.adapter.run.AdapterProcesses.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kontor.control.v1.AdapterStatus;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.DatagramsMissed;
import kontor.packets.v1.Endpoint;
import kontor.packets.v1.MissCause;
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

    private @TempDir Path directory;

    @Test
    void eachDatagramIsInTheLogOrCountedThereWithItsPlace() throws Exception {
        AdapterProcesses lab = new AdapterProcesses(LAB, directory);
        TinyOrchestrator log = new TinyOrchestrator(lab.servers(), false);
        try (lab;
                DatagramSocket game = new DatagramSocket(0, GAME)) {
            AdapterProcess adapter = lab.start(Map.of("KONTOR_DATAGRAM_BUFFER", "64KB"));
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
}
