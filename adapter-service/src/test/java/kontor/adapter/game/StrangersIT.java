package kontor.adapter.game;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static kontor.adapter.game.EdgeUnderTest.PEER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.Observation;
import kontor.adapter.capture.Protocol;
import kontor.adapter.loss.SocketReading;
import kontor.adapter.relay.Action;
import kontor.adapter.relay.GameNetwork;
import kontor.adapter.relay.StrangerStatus;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stranger at every socket that the edge has open in the middle of a game, as the kernel lists
 * them: those that listen, and those that were made to send from.
 */
@ParameterizedClass(name = "native transport: {0}")
@ValueSource(booleans = {true, false})
@Timeout(60)
final class StrangersIT {

    private static final InetAddress STRANGER = InetAddress.ofLiteral("127.9.9.9");
    private static final Path TCP = Path.of("/proc/net/tcp");
    private static final Path TCP6 = Path.of("/proc/net/tcp6");
    private static final String LISTENING = "0A";
    private static final int STATE = 3;

    private final Set<Long> socketsBefore;
    private final EdgeUnderTest edge;

    StrangersIT(boolean nativeTransport) throws Exception {
        this.socketsBefore = inodes();
        this.edge = new EdgeUnderTest(nativeTransport);
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void atEveryPortStrangersAreCountedAndChangeNothingForTheGame() throws Exception {
        int senderPort = EdgeUnderTest.freePort(edge.peer);
        Set<Endpoint> datagrams;
        Map<Endpoint, Boolean> connections;
        try (DatagramSocket game = new DatagramSocket(edge.port, edge.game);
                ServerSocket server = new ServerSocket(0, 10, edge.game);
                Socket opened = new Socket()) {
            game.setSoTimeout(20_000);
            opened.bind(new InetSocketAddress(edge.game, 0));
            opened.connect(new InetSocketAddress(edge.peer, edge.port));
            FlowReference own = edge.next(Observation.FlowOpened.class).flow();
            FlowReference far = new FlowReference(edge.run, 900);
            edge.command(new Action.OpenFlow(far, PEER, senderPort, server.getLocalPort()));
            try (Socket accepted = server.accept()) {
                edge.next(Observation.FlowAccepted.class);
                edge.command(datagram(senderPort, edge.port, "first"));
                assertThat(receive(game)).isEqualTo("first");
                say(game, "question", edge.peer, edge.port);
                assertThat(edge.next(Observation.Datagram.class).payload())
                        .isEqualTo(bytes("question"));

                datagrams = datagramSockets();
                connections = streamSockets();
                assertThat(datagrams)
                        .as("every UDP socket that the edge has opened")
                        .containsExactlyInAnyOrder(
                                new Endpoint(edge.peer, edge.port),
                                new Endpoint(edge.broadcast, edge.port),
                                new Endpoint(GameNetwork.LIMITED_BROADCAST, edge.port),
                                new Endpoint(edge.peer, senderPort));
                assertThat(connections)
                        .as("every TCP socket that the edge has opened, and whether it listens")
                        .isEqualTo(
                                Map.of(
                                        new Endpoint(edge.peer, edge.port),
                                        true,
                                        new Endpoint(edge.peer, senderPort),
                                        false));
                for (Endpoint place : datagrams) {
                    intrude(place);
                }
                for (Map.Entry<Endpoint, Boolean> place : connections.entrySet()) {
                    if (place.getValue()) {
                        intrudeByConnection(place.getKey());
                    } else {
                        assertThatThrownBy(() -> connect(place.getKey()).close())
                                .isInstanceOf(ConnectException.class);
                    }
                }
                areObserved(datagrams.size(), 1);

                // The game goes on as if nothing had been: answers come to it, flows are whole.
                edge.command(datagram(edge.port, edge.port, "answer"));
                assertThat(receive(game)).isEqualTo("answer");
                edge.command(write(own, "to its flow"), write(far, "to the other"));
                assertThat(text(opened, 11)).isEqualTo("to its flow");
                assertThat(text(accepted, 12)).isEqualTo("to the other");
                opened.getOutputStream().write("ahoy".getBytes(US_ASCII));
                Observation.FlowData data = edge.next(Observation.FlowData.class);
                assertThat(data.flow()).isEqualTo(own);
                assertThat(data.payload()).isEqualTo(bytes("ahoy"));
                say(game, "again", edge.broadcast, edge.port);
                assertThat(edge.next(Observation.Datagram.class).payload())
                        .isEqualTo(bytes("again"));
                assertThat(edge.status().relay().openFlows()).isEqualTo(2);
            }
        }
        StrangerStatus strangers = edge.status().strangers();
        assertThat(strangers.packets()).isEqualTo(datagrams.size() + 1);
        assertThat(strangers.sources())
                .containsExactlyInAnyOrder(
                        new StrangerStatus.Source(Protocol.UDP, STRANGER, datagrams.size()),
                        new StrangerStatus.Source(Protocol.TCP, STRANGER, 1));
    }

    /** Nothing but strangers, each counted once. */
    private void areObserved(long datagrams, long connections) throws InterruptedException {
        long udp = 0;
        long tcp = 0;
        while (udp + tcp < datagrams + connections) {
            Observation.StrangerSeen seen = edge.next(Observation.StrangerSeen.class);
            switch (seen.protocol()) {
                case UDP -> udp += seen.packets();
                case TCP -> tcp += seen.packets();
            }
        }
        assertThat(udp).isEqualTo(datagrams);
        assertThat(tcp).isEqualTo(connections);
    }

    private static void intrude(Endpoint place) throws IOException {
        try (DatagramSocket stranger = new DatagramSocket(place.port(), STRANGER)) {
            say(stranger, "let me in", place.address(), place.port());
        }
    }

    private static Socket connect(Endpoint place) throws IOException {
        Socket stranger = new Socket();
        try {
            stranger.bind(new InetSocketAddress(STRANGER, 0));
            stranger.connect(place.socketAddress());
            return stranger;
        } catch (IOException e) {
            stranger.close();
            throw e;
        }
    }

    private static void intrudeByConnection(Endpoint place) throws IOException {
        try (Socket stranger = connect(place)) {
            assertThatThrownBy(
                            () -> {
                                stranger.getOutputStream().write(1);
                                stranger.getInputStream().read();
                                stranger.getOutputStream().write(1);
                            })
                    .isInstanceOf(SocketException.class);
        }
    }

    private Set<Endpoint> datagramSockets() throws IOException {
        return datagramRows().stream()
                .filter(socket -> !socketsBefore.contains(socket.inode()))
                .map(SocketReading::local)
                .filter(local -> !local.address().equals(edge.game))
                .collect(Collectors.toSet());
    }

    /** By their place, and whether they listen. */
    private Map<Endpoint, Boolean> streamSockets() throws IOException {
        return streamRows()
                .filter(row -> !row.socket().local().address().equals(edge.game))
                // What is closed already has none.
                .filter(row -> row.socket().inode() != 0)
                .filter(row -> !socketsBefore.contains(row.socket().inode()))
                .collect(
                        Collectors.toMap(
                                row -> row.socket().local(), Row::listens, Boolean::logicalOr));
    }

    private static List<SocketReading> datagramRows() throws IOException {
        return SocketTable.read(_ -> true).orElseThrow();
    }

    private record Row(SocketReading socket, boolean listens) {}

    /** The tables of TCP have the same columns as those of UDP, as far as they matter here. */
    private static Stream<Row> streamRows() throws IOException {
        Stream.Builder<Row> rows = Stream.builder();
        for (Path table : List.of(TCP, TCP6)) {
            for (String line : Files.readAllLines(table)) {
                boolean listens = line.trim().split(" +", -1)[STATE].equals(LISTENING);
                SocketTable.parse(line).ifPresent(socket -> rows.add(new Row(socket, listens)));
            }
        }
        return rows.build();
    }

    private static Set<Long> inodes() throws IOException {
        Set<Long> inodes = new HashSet<>();
        datagramRows().forEach(socket -> inodes.add(socket.inode()));
        streamRows().forEach(row -> inodes.add(row.socket().inode()));
        return inodes;
    }

    private static Action.SendDatagram datagram(int fromPort, int toPort, String text) {
        Bytes payload = bytes(text);
        return new Action.SendDatagram(PEER, fromPort, toPort, payload, payload.crc32c());
    }

    private static Action.Write write(FlowReference flow, String text) {
        Bytes payload = bytes(text);
        return new Action.Write(flow, payload, payload.crc32c());
    }

    private static void say(DatagramSocket from, String text, InetAddress to, int port)
            throws IOException {
        byte[] payload = text.getBytes(US_ASCII);
        from.send(new DatagramPacket(payload, payload.length, to, port));
    }

    private static String receive(DatagramSocket game) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        game.receive(packet);
        return new String(Arrays.copyOf(packet.getData(), packet.getLength()), US_ASCII);
    }

    private static String text(Socket game, int length) throws IOException {
        return new String(game.getInputStream().readNBytes(length), US_ASCII);
    }

    private static Bytes bytes(String text) {
        return Bytes.owning(text.getBytes(US_ASCII));
    }
}
