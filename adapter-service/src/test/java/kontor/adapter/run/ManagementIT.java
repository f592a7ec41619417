package kontor.adapter.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static kontor.adapter.run.AdapterProcesses.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kontor.packets.v1.AdapterEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The one port of an adapter that is not for its game: whatever a stranger sends there is answered
 * as HTTP, or not at all, is counted, and is no packet of the game.
 */
@Timeout(120)
final class ManagementIT {

    private static final String CONNECTIONS = "kontor_adapter_management_connections_total";
    private static final String REQUESTS = "http_server_requests_seconds_count";
    private static final int PORT = 23_461;
    private static final InetAddress GAME = InetAddress.ofLiteral("127.74.0.1");
    private static final InetAddress PEER = InetAddress.ofLiteral("127.74.0.2");
    private static final InetAddress STRANGER = InetAddress.ofLiteral("127.9.9.9");

    private static final String LAB =
            """
            lab: managed
            ports: { tcp: [23461], udp: [23461] }
            instances:
              game1: { address: 127.74.0.1, peers: { game2: 127.74.0.2 } }
              game2: { address: 127.74.0.3, peers: { game1: 127.74.0.4 } }
            """;

    private @TempDir Path directory;

    @Test
    void aStrangerAtTheManagementPortChangesNothingForTheGameAndIsCounted() throws Exception {
        AdapterProcesses lab = new AdapterProcesses(LAB, directory);
        TinyOrchestrator log = new TinyOrchestrator(lab.servers(), false);
        try (lab;
                DatagramSocket game = new DatagramSocket(0, GAME)) {
            AdapterProcess adapter = lab.start(Map.of());
            await("listening", adapter::listening);

            long connected = adapter.counter(CONNECTIONS);
            assertThat(say(adapter, "\2\0\0\0 no request of HTTP\r\n\r\n"))
                    .startsWith("HTTP/1.1 4");
            assertThat(say(adapter, request("POST", "/actuator/shutdown"))).contains(" 404 ");
            assertThat(say(adapter, request("POST", "/actuator/health"))).contains(" 405 ");
            assertThat(say(adapter, request("DELETE", "/livez"))).contains(" 405 ");
            try (DatagramSocket stranger = new DatagramSocket(0, STRANGER)) {
                stranger.send(new DatagramPacket(new byte[9], 9, adapter.management()));
            }
            game.send(new DatagramPacket("own".getBytes(US_ASCII), 3, PEER, PORT));

            await("the game's datagram", () -> !datagrams(log).isEmpty());
            assertThat(datagrams(log))
                    .singleElement()
                    .satisfies(own ->
                            assertThat(own.getDatagram().getPayload().toStringUtf8())
                                    .isEqualTo("own"));
            assertThat(log.events).noneMatch(AdapterEvent::hasFlowOpened);
            assertThat(adapter.listening()).isTrue();
            assertThat(adapter.counter(CONNECTIONS) - connected)
                    .as("each of them is counted")
                    .isGreaterThanOrEqualTo(4);
            assertThat(adapter.counter(REQUESTS, "method=\"DELETE\"", "status=\"405\""))
                    .as("requests that were refused are, too")
                    .isEqualTo(1);
        } finally {
            log.close();
        }
    }

    private static String request(String method, String path) {
        return "%s %s HTTP/1.1\r\nHost: adapter\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .formatted(method, path);
    }

    /** What it answers until it closes the connection. */
    private static String say(AdapterProcess adapter, String text) throws Exception {
        try (Socket stranger = new Socket()) {
            stranger.bind(new InetSocketAddress(STRANGER, 0));
            stranger.setSoTimeout(20_000);
            stranger.connect(adapter.management());
            stranger.getOutputStream().write(text.getBytes(US_ASCII));
            return new String(stranger.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private static List<AdapterEvent> datagrams(TinyOrchestrator log) {
        return log.events.stream().filter(AdapterEvent::hasDatagram).toList();
    }
}
