package kontor.adapter.game;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static kontor.adapter.game.EdgeUnderTest.PEER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.Observation;
import kontor.adapter.capture.Protocol;
import kontor.adapter.capture.RefusalCause;
import kontor.adapter.relay.Action;
import kontor.adapter.relay.CommandOutcome;
import kontor.adapter.relay.GameNetwork;
import kontor.lab.PortSet;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections through the edge, the operating system's sockets on both sides. */
@ParameterizedClass(name = "native transport: {0}")
@ValueSource(booleans = {true, false})
@Timeout(60)
final class TcpIT {

    private final boolean nativeTransport;
    private final EdgeUnderTest edge;

    TcpIT(boolean nativeTransport) throws Exception {
        this.nativeTransport = nativeTransport;
        this.edge = new EdgeUnderTest(nativeTransport);
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void whatTheGameWritesIsCapturedAndWhatItIsSentArrives() throws Exception {
        try (Socket game = connectFromGame()) {
            Observation.FlowOpened opened = edge.next(Observation.FlowOpened.class);
            assertThat(opened.source())
                    .isEqualTo(Endpoint.of((InetSocketAddress) game.getLocalSocketAddress()));
            assertThat(opened.destination()).isEqualTo(new Endpoint(edge.peer, edge.port));

            game.getOutputStream().write("ahoy".getBytes(US_ASCII));
            assertThat(edge.next(Observation.FlowData.class))
                    .isEqualTo(new Observation.FlowData(opened.flow(), 0, bytes("ahoy")));
            game.getOutputStream().write("!".getBytes(US_ASCII));
            assertThat(edge.next(Observation.FlowData.class).streamOffset()).isEqualTo(4);

            edge.command(write(opened.flow(), bytes("land")), write(opened.flow(), bytes(" ho")));
            assertThat(new String(game.getInputStream().readNBytes(7), US_ASCII))
                    .isEqualTo("land ho");
            var receipt = edge.receipt();
            assertThat(receipt.outcome()).isEqualTo(CommandOutcome.DONE);
            assertThat(receipt.payloadBytes()).isEqualTo(7);
        }
    }

    @Test
    void eachDirectionEndsByItself() throws Exception {
        try (Socket game = connectFromGame()) {
            FlowReference flow = edge.next(Observation.FlowOpened.class).flow();
            game.getOutputStream().write(new byte[3]);
            game.shutdownOutput();
            edge.next(Observation.FlowData.class);
            assertThat(edge.next(Observation.FlowHalfClosed.class).streamLength()).isEqualTo(3);

            edge.command(write(flow, bytes("still here")), new Action.CloseOutput(flow));
            assertThat(new String(game.getInputStream().readAllBytes(), US_ASCII))
                    .isEqualTo("still here");
            assertThat(edge.receipt().outcome()).isEqualTo(CommandOutcome.DONE);
            assertThat(edge.status().relay().openFlows()).isZero();

            edge.command(write(flow, bytes("too late")));
            assertThat(edge.receipt().outcome()).isEqualTo(CommandOutcome.FAILED);
        }
    }

    @Test
    void theAdaptersEndOfOutputLeavesTheGameFreeToWrite() throws Exception {
        try (Socket game = connectFromGame()) {
            FlowReference flow = edge.next(Observation.FlowOpened.class).flow();
            edge.command(new Action.CloseOutput(flow));
            assertThat(game.getInputStream().read()).isEqualTo(-1);
            edge.receipt();

            game.getOutputStream().write("more".getBytes(US_ASCII));
            assertThat(edge.next(Observation.FlowData.class).payload()).isEqualTo(bytes("more"));
            game.shutdownOutput();
            edge.next(Observation.FlowHalfClosed.class);
            assertThat(edge.status().relay().openFlows()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.9.9.9", "127.3.0.3"})
    void aStrangersConnectionIsResetAndNoFlow(String stranger) throws Exception {
        try (Socket other = new Socket()) {
            other.bind(new InetSocketAddress(stranger, 0));
            other.connect(new InetSocketAddress(edge.peer, edge.port));
            assertThatThrownBy(
                            () -> {
                                other.getOutputStream().write(1);
                                other.getInputStream().read();
                                other.getOutputStream().write(1);
                            })
                    .isInstanceOf(SocketException.class)
                    .hasMessageMatching("(?i)connection reset.*|broken pipe.*");
            assertThat(edge.next(Observation.StrangerSeen.class))
                    .isEqualTo(
                            new Observation.StrangerSeen(
                                    Protocol.TCP,
                                    Endpoint.of((InetSocketAddress) other.getLocalSocketAddress()),
                                    new Endpoint(edge.peer, edge.port),
                                    1));
        }
        try (Socket game = connectFromGame()) {
            assertThat(edge.next(Observation.FlowOpened.class).source().address())
                    .isEqualTo(game.getLocalAddress());
        }
    }

    @Test
    void aResetOfTheGameIsToldAsOne() throws Exception {
        Socket game = connectFromGame();
        FlowReference flow = edge.next(Observation.FlowOpened.class).flow();
        game.setSoLinger(true, 0);
        game.close();

        Observation.FlowReset reset = edge.next(Observation.FlowReset.class);
        assertThat(reset.flow()).isEqualTo(flow);
        assertThat(edge.status().relay().openFlows()).isZero();
    }

    @Test
    void aCommandedResetComesAfterEverythingWritten() throws Exception {
        try (Socket game = connectFromGame()) {
            FlowReference flow = edge.next(Observation.FlowOpened.class).flow();
            Bytes much = random(3_000_000);
            edge.command(write(flow, much), new Action.ResetFlow(flow));

            Bytes read = Bytes.owning(game.getInputStream().readNBytes(much.length()));
            assertThat(read.crc32c()).isEqualTo(much.crc32c());
            assertThatThrownBy(() -> game.getInputStream().read())
                    .isInstanceOf(SocketException.class);
            edge.next(Observation.FlowStalled.class);
            edge.next(Observation.FlowDrained.class);
            assertThat(edge.receipt().outcome()).isEqualTo(CommandOutcome.DONE);
        }
    }

    @Test
    void anOpenedFlowComesFromThePeersAddressAndPort() throws Exception {
        try (ServerSocket game = new ServerSocket(0, 10, edge.game)) {
            FlowReference flow = new FlowReference(edge.run, 900);
            // A port that the adapter listens on itself.
            edge.command(
                    new Action.OpenFlow(flow, PEER, edge.port, game.getLocalPort()),
                    write(flow, bytes("early")));
            try (Socket accepted = game.accept()) {
                assertThat(accepted.getRemoteSocketAddress())
                        .isEqualTo(new InetSocketAddress(edge.peer, edge.port));
                Observation.FlowAccepted seen = edge.next(Observation.FlowAccepted.class);
                assertThat(seen.source()).isEqualTo(new Endpoint(edge.peer, edge.port));
                assertThat(seen.destination())
                        .isEqualTo(new Endpoint(edge.game, game.getLocalPort()));
                assertThat(new String(accepted.getInputStream().readNBytes(5), US_ASCII))
                        .isEqualTo("early");
                accepted.getOutputStream().write("reply".getBytes(US_ASCII));
                assertThat(edge.next(Observation.FlowData.class).payload())
                        .isEqualTo(bytes("reply"));
            }
        }
    }

    @Test
    void aTakenSourcePortIsReplacedByAnother() throws Exception {
        try (ServerSocket game = new ServerSocket(0, 10, edge.game);
                ServerSocket taken = new ServerSocket(0, 1, edge.peer)) {
            edge.command(
                    new Action.OpenFlow(
                            new FlowReference(edge.run, 900),
                            PEER,
                            taken.getLocalPort(),
                            game.getLocalPort()));
            try (Socket accepted = game.accept()) {
                assertThat(accepted.getInetAddress()).isEqualTo(edge.peer);
                assertThat(accepted.getPort()).isNotEqualTo(taken.getLocalPort());
                edge.next(Observation.FlowAccepted.class);
            }
        }
    }

    @Test
    void aGameThatDoesNotListenRefuses() throws Exception {
        FlowReference flow = new FlowReference(edge.run, 900);
        edge.command(
                new Action.OpenFlow(flow, PEER, 0, EdgeUnderTest.freePort(edge.game)),
                write(flow, bytes("nobody there")));
        Observation.FlowRefused refused = edge.next(Observation.FlowRefused.class);
        assertThat(refused.cause()).isEqualTo(RefusalCause.REFUSED);
        assertThat(refused.flow()).isEqualTo(flow);
        assertThat(edge.receipt().outcome()).isEqualTo(CommandOutcome.FAILED);
        assertThat(edge.status().relay().waitingBytes()).isZero();
    }

    @Test
    void aGameThatDoesNotAnswerTimesOut() throws Exception {
        List<Socket> filling = new ArrayList<>();
        try (ServerSocket game = new ServerSocket(0, 1, edge.game)) {
            fillBacklog(game, filling);
            edge.command(
                    new Action.OpenFlow(
                            new FlowReference(edge.run, 900), PEER, 0, game.getLocalPort()));
            assertThat(edge.next(Observation.FlowRefused.class).cause())
                    .isEqualTo(RefusalCause.TIMED_OUT);
        } finally {
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    @Test
    void aSlowReaderStallsItsFlowAndLosesNothing() throws Exception {
        try (Socket game = connectFromGame()) {
            FlowReference flow = edge.next(Observation.FlowOpened.class).flow();
            Bytes chunk = random(64 * 1024);
            int chunks = 200;
            for (int i = 0; i < chunks; i++) {
                edge.command(write(flow, chunk));
            }
            assertThat(edge.next(Observation.FlowStalled.class).waitingBytes())
                    .isGreaterThan(512 * 1024);
            InputStream in = game.getInputStream();
            for (int i = 0; i < chunks; i++) {
                assertThat(Bytes.owning(in.readNBytes(chunk.length()))).isEqualTo(chunk);
                assertThat(edge.receipt().outcome()).isEqualTo(CommandOutcome.DONE);
            }
            edge.next(Observation.FlowDrained.class);
        }
    }

    @Test
    void aPausedFlowIsNotReadUntilItIsResumed() throws Exception {
        try (Socket game = connectFromGame()) {
            FlowReference flow = edge.next(Observation.FlowOpened.class).flow();
            edge.command(new Action.PauseReading(flow));
            edge.receipt();
            game.getOutputStream().write("later".getBytes(US_ASCII));
            // A second connection, later than those bytes, is seen before them.
            Socket second = connectFromGame();
            edge.next(Observation.FlowOpened.class);
            edge.command(new Action.ResumeReading(flow));
            assertThat(edge.next(Observation.FlowData.class).payload()).isEqualTo(bytes("later"));
            second.close();
        }
    }

    @Test
    void aPausedFlowKeepsItsEndUntilAllBeforeItIsRead() throws Exception {
        try (Socket game = connectFromGame()) {
            FlowReference flow = edge.next(Observation.FlowOpened.class).flow();
            edge.command(new Action.PauseReading(flow));
            edge.receipt();
            // Less than the socket buffers hold, and than the spool does.
            Bytes much = random(100_000);
            game.getOutputStream().write(much.toByteArray());
            game.shutdownOutput();
            // Seen later than that end, which thus has arrived.
            Socket second = connectFromGame();
            edge.command(new Action.ResumeReading(flow));
            Bytes read = Bytes.empty();
            Observation what = edge.next().what();
            while (!(what instanceof Observation.FlowHalfClosed)) {
                read = read.plus(what.payload());
                what = edge.next().what();
            }
            assertThat(read.crc32c()).isEqualTo(much.crc32c());
            edge.command(write(flow, bytes("all read")));
            assertThat(new String(game.getInputStream().readNBytes(8), US_ASCII))
                    .isEqualTo("all read");
            second.close();
        }
    }

    @Test
    void aGameThatHasEndedItsOutputStillGetsALongAnswer() throws Exception {
        try (Socket game = connectFromGame()) {
            FlowReference flow = edge.next(Observation.FlowOpened.class).flow();
            game.shutdownOutput();
            edge.next(Observation.FlowHalfClosed.class);
            Bytes answer = random(9_000_000);
            edge.command(write(flow, answer), write(flow, answer), new Action.CloseOutput(flow));
            edge.next(Observation.FlowStalled.class);
            InputStream in = game.getInputStream();
            assertThat(Bytes.owning(in.readNBytes(answer.length()))).isEqualTo(answer);
            assertThat(Bytes.owning(in.readAllBytes())).isEqualTo(answer);
            assertThat(edge.receipt().outcome()).isEqualTo(CommandOutcome.DONE);
        }
    }

    @Test
    void aFullSpoolStopsTheReadingUntilTheBrokerHasCaughtUp() throws Exception {
        try (Socket game = connectFromGame()) {
            edge.next(Observation.FlowOpened.class);
            Bytes much = random(20_000_000);
            Thread writer =
                    Thread.ofPlatform().name("kontor-test-game").start(() -> writeAll(game, much));
            long taken = 0;
            List<Bytes> parts = new ArrayList<>();
            while (taken < much.length()) {
                var event = edge.nextAcknowledged();
                parts.add(event.what().payload());
                taken += event.what().payload().length();
                // One read may come on top of the bound, and the overhead of events.
                assertThat(edge.spool.status().bytes()).isLessThan(600 * 1024);
            }
            writer.join();
            var crc = new CRC32C();
            parts.forEach(part -> crc.update(part.toByteArray()));
            assertThat((int) crc.getValue()).isEqualTo(much.crc32c());
        }
    }

    @Test
    void aBusyPortIsNamed() throws Exception {
        GameNetwork network = new GameNetwork(edge.game, Map.of(PEER, edge.peer), null);
        GameEdge second = edge.newEdge(nativeTransport, network);
        PortSet same = PortSet.parse(Integer.toString(edge.port));
        String where = edge.peer.getHostAddress() + ":" + edge.port;
        assertThatThrownBy(() -> second.open(same, PortSet.parse("")))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("TCP " + where);
        assertThatThrownBy(() -> second.open(PortSet.parse(""), same))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("UDP " + where);
        second.close();
    }

    @Test
    void twoHundredConnectionsAtOnceAreTwoHundredFlows() throws Exception {
        List<Socket> games = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            games.add(connectFromGame());
        }
        for (Socket game : games) {
            game.close();
        }
        int opened = 0;
        int ended = 0;
        while (ended < 200) {
            Observation what = edge.next().what();
            opened += what instanceof Observation.FlowOpened ? 1 : 0;
            ended += what instanceof Observation.FlowHalfClosed ? 1 : 0;
        }
        assertThat(opened).isEqualTo(200);
    }

    private Socket connectFromGame() throws IOException {
        Socket game = new Socket();
        game.bind(new InetSocketAddress(edge.game, 0));
        game.connect(new InetSocketAddress(edge.peer, edge.port));
        return game;
    }

    /** Until the system answers no more connections. */
    private static void fillBacklog(ServerSocket game, List<Socket> filling) throws IOException {
        for (int i = 0; i < 50; i++) {
            Socket socket = new Socket();
            filling.add(socket);
            try {
                socket.connect(game.getLocalSocketAddress(), 300);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        throw new AssertionError("the backlog never filled up");
    }

    private static void writeAll(Socket game, Bytes payload) {
        try {
            game.getOutputStream().write(payload.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Action.Write write(FlowReference flow, Bytes payload) {
        return new Action.Write(flow, payload, payload.crc32c());
    }

    private static Bytes bytes(String text) {
        return Bytes.owning(text.getBytes(US_ASCII));
    }

    private static Bytes random(int length) {
        byte[] array = new byte[length];
        new Random(length).nextBytes(array);
        return Bytes.owning(array);
    }
}
