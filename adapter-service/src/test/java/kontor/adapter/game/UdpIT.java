package kontor.adapter.game;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static kontor.adapter.game.EdgeUnderTest.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import kontor.adapter.capture.Endpoint;
import kontor.adapter.capture.MissCause;
import kontor.adapter.capture.Observation;
import kontor.adapter.capture.Protocol;
import kontor.adapter.relay.Action;
import kontor.adapter.relay.CommandOutcome;
import kontor.vocabulary.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Datagrams through the edge. */
@ParameterizedClass(name = "native transport: {0}")
@ValueSource(booleans = {true, false})
@Timeout(60)
final class UdpIT {

    private static final int LARGEST = 65_507;
    private static final InetAddress EVERYBODY = InetAddress.ofLiteral("255.255.255.255");

    private final boolean nativeTransport;
    private final EdgeUnderTest edge;

    UdpIT(boolean nativeTransport) throws Exception {
        this.nativeTransport = nativeTransport;
        this.edge = new EdgeUnderTest(nativeTransport);
    }

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void theBoundariesOfDatagramsAreKeptFromTheGame() throws Exception {
        try (DatagramSocket game = new DatagramSocket(0, edge.game)) {
            for (int length : new int[] {1, 0, 200, LARGEST, 0}) {
                Bytes payload = random(length);
                send(game, payload, edge.peer, edge.port);
                assertThat(edge.next(Observation.Datagram.class))
                        .isEqualTo(
                                new Observation.Datagram(
                                        new Endpoint(edge.game, game.getLocalPort()),
                                        new Endpoint(edge.peer, edge.port),
                                        payload));
            }
        }
    }

    /** No failure is reported: the next run finds the command as the dead one left it. */
    @Test
    void aCommandThatComesWhenTheRunEndsIsNeitherCarriedOutNorAnswered() throws Exception {
        try (DatagramSocket game = new DatagramSocket(0, edge.game)) {
            edge.edge.stop();
            edge.command(datagram(edge.port, game.getLocalPort(), random(200)));

            assertThat(edge.answered()).isEmpty();
            assertThat(edge.status().relay().commandsFailed()).isZero();
        }
    }

    @Test
    void datagramsThatAreReadTogetherKeepTheirBoundaries() throws Exception {
        try (DatagramSocket game = new DatagramSocket(0, edge.game)) {
            int[] lengths = {3, 0, LARGEST, 200, 0, 0, 1, 9000, 17, 1472, LARGEST};
            CountDownLatch released = edge.keepBusy();
            for (int length : lengths) {
                send(game, random(length), edge.peer, edge.port);
            }
            released.countDown();
            for (int length : lengths) {
                assertThat(edge.next(Observation.Datagram.class).payload())
                        .isEqualTo(random(length));
            }
        }
    }

    @Test
    void theBoundariesOfDatagramsAreKeptToTheGame() throws Exception {
        try (DatagramSocket game = new DatagramSocket(0, edge.game)) {
            for (int length : new int[] {1, 0, 200, LARGEST, 0}) {
                Bytes payload = random(length);
                edge.command(datagram(edge.port, game.getLocalPort(), payload));
                DatagramPacket received = receive(game);
                assertThat(payload(received)).isEqualTo(payload);
                assertThat(received.getSocketAddress())
                        .isEqualTo(new InetSocketAddress(edge.peer, edge.port));
                var receipt = edge.receipt();
                assertThat(receipt.outcome()).isEqualTo(CommandOutcome.DONE);
                assertThat(receipt.payloadBytes()).isEqualTo(length);
            }
        }
    }

    @Test
    void anAnswerToASendersOwnPortComesBack() throws Exception {
        try (DatagramSocket game = new DatagramSocket(0, edge.game)) {
            // More senders than sockets are kept for.
            for (int i = 0; i < 5; i++) {
                int senderPort = EdgeUnderTest.freePort(edge.peer);
                edge.command(datagram(senderPort, game.getLocalPort(), bytes("question")));
                DatagramPacket question = receive(game);
                assertThat(question.getSocketAddress())
                        .isEqualTo(new InetSocketAddress(edge.peer, senderPort));
                send(game, bytes("answer"), question.getAddress(), question.getPort());
                assertThat(edge.next(Observation.Datagram.class))
                        .isEqualTo(
                                new Observation.Datagram(
                                        new Endpoint(edge.game, game.getLocalPort()),
                                        new Endpoint(edge.peer, senderPort),
                                        bytes("answer")));
            }
        }
    }

    @Test
    void aGameThatIsSeenAtAnotherAddressIsAnsweredThere() throws Exception {
        InetAddress elsewhere = InetAddress.ofLiteral("127.0.0.1");
        try (DatagramSocket game = new DatagramSocket(0, elsewhere)) {
            send(game, bytes("here I am"), edge.peer, edge.port);
            edge.next(Observation.Datagram.class);
            edge.command(datagram(edge.port, game.getLocalPort(), bytes("I see")));
            assertThat(payload(receive(game))).isEqualTo(bytes("I see"));
        }
    }

    @Test
    void aBroadcastIsCapturedWithTheBroadcastAddress() throws Exception {
        try (DatagramSocket game = new DatagramSocket(0, edge.game)) {
            send(game, bytes("all hands"), edge.broadcast, edge.port);
            assertThat(edge.next(Observation.Datagram.class).destination())
                    .isEqualTo(new Endpoint(edge.broadcast, edge.port));
        }
    }

    @Test
    void aBroadcastToEverybodyIsCapturedThoughNothingButTheGameHasItsPort() throws Exception {
        // A game takes its port for itself, and so do others on this machine.
        try (DatagramSocket game = new DatagramSocket(edge.port, edge.game);
                DatagramSocket otherGame =
                        new DatagramSocket(edge.port, InetAddress.ofLiteral("127.78.0.1"))) {
            send(otherGame, bytes("not mine"), EVERYBODY, edge.port);
            assertThat(edge.next(Observation.StrangerSeen.class).sourceOrNull())
                    .isEqualTo(new Endpoint(otherGame.getLocalAddress(), edge.port));
            send(game, bytes("who is there?"), EVERYBODY, edge.port);
            assertThat(edge.next(Observation.Datagram.class))
                    .isEqualTo(
                            new Observation.Datagram(
                                    new Endpoint(edge.game, edge.port),
                                    new Endpoint(EVERYBODY, edge.port),
                                    bytes("who is there?")));
        }
    }

    @Test
    void adaptersOnOneMachineEachHearTheirOwnGamesBroadcastsToEverybody() throws Exception {
        try (EdgeUnderTest second = new EdgeUnderTest(edge.isNative, edge.port, edge.game);
                DatagramSocket game = new DatagramSocket(0, edge.game);
                DatagramSocket secondGame = new DatagramSocket(0, second.game)) {
            send(secondGame, bytes("second"), EVERYBODY, edge.port);
            send(game, bytes("first"), EVERYBODY, edge.port);
            send(secondGame, bytes("again"), EVERYBODY, edge.port);

            assertThat(second.next(Observation.Datagram.class).payload())
                    .isEqualTo(bytes("second"));
            assertThat(second.next(Observation.Datagram.class).payload()).isEqualTo(bytes("again"));
            // This one does not know of the second game: to it that is a stranger.
            edge.next(Observation.StrangerSeen.class);
            assertThat(edge.next(Observation.Datagram.class).payload()).isEqualTo(bytes("first"));
            // The second knows of the first game, and leaves it to this one.
            assertThat(second.status().strangers().packets()).isZero();
        }
    }

    @Test
    void aStrangersDatagramIsObservedAndDoesNotTakeTheAnswers() throws Exception {
        for (String stranger : new String[] {"127.9.9.9", "127.3.0.3"}) {
            try (DatagramSocket game = new DatagramSocket(0, edge.game);
                    DatagramSocket other =
                            new DatagramSocket(
                                    game.getLocalPort(), InetAddress.ofLiteral(stranger))) {
                send(game, bytes("ahoy"), edge.peer, edge.port);
                edge.next(Observation.Datagram.class);
                send(other, bytes("me too"), edge.peer, edge.port);
                assertThat(edge.next(Observation.StrangerSeen.class))
                        .isEqualTo(
                                new Observation.StrangerSeen(
                                        Protocol.UDP,
                                        new Endpoint(other.getLocalAddress(), other.getLocalPort()),
                                        new Endpoint(edge.peer, edge.port),
                                        1));

                edge.command(datagram(edge.port, game.getLocalPort(), bytes("answer")));
                assertThat(payload(receive(game))).isEqualTo(bytes("answer"));
                assertThat(edge.receipt().outcome()).isEqualTo(CommandOutcome.DONE);
            }
        }
        assertThat(edge.status().strangers().packets()).isEqualTo(2);
    }

    @Test
    void whatAStrangerGoesOnSendingIsObservedInSums() throws Exception {
        try (DatagramSocket other = new DatagramSocket(0, InetAddress.ofLiteral("127.9.9.9"))) {
            for (int i = 0; i < 500; i++) {
                send(other, bytes("x"), edge.peer, edge.port);
            }
            long packets = 0;
            long observations = 0;
            while (packets < 500) {
                packets += edge.next(Observation.StrangerSeen.class).packets();
                observations++;
            }
            assertThat(packets).isEqualTo(500);
            // One at once, then one for each interval: not one for each datagram.
            assertThat(observations).isBetween(2L, 250L);
        }
    }

    @Test
    void aPayloadWithAWrongChecksumIsNotSent() throws Exception {
        edge.command(new Action.SendDatagram(PEER, edge.port, edge.port, bytes("spoilt"), 4711));
        var receipt = edge.receipt();
        assertThat(receipt.outcome()).isEqualTo(CommandOutcome.FAILED);
        assertThat(receipt.detail()).contains("checksum");
        assertThat(receipt.payloadBytes()).isZero();
    }

    @Test
    void whatTheSpoolCannotKeepIsCounted() throws Exception {
        int sent = 40;
        try (DatagramSocket game = new DatagramSocket(0, edge.game)) {
            for (int i = 0; i < sent; i++) {
                send(game, random(60_000), edge.peer, edge.port);
            }
            // The datagrams are in the kernel's buffer by now, and the edge reads them all.
            while (edge.status().relay().missed().total() == 0) {
                Thread.onSpinWait();
            }
            long kept = 0;
            long told = 0;
            while (kept + told < sent) {
                Observation what = edge.nextAcknowledged().what();
                if (what instanceof Observation.DatagramsMissed missed) {
                    told += missed.count();
                } else {
                    assertThat(what).isInstanceOf(Observation.Datagram.class);
                    kept++;
                }
            }
            assertThat(told).isEqualTo(edge.status().relay().missed().spool());
        }
    }

    @Test
    void whatTheKernelDropsAtTheAdaptersSocketIsCapturedWithItsPlace() throws Exception {
        try (EdgeUnderTest narrow =
                        EdgeUnderTest.withDatagramBuffer(nativeTransport, 16 * EdgeUnderTest.KIB);
                DatagramSocket game = new DatagramSocket(0, narrow.game)) {
            // While its thread is kept busy, nothing is read.
            CountDownLatch released = narrow.keepBusy();
            int sent = 500;
            for (int i = 0; i < sent; i++) {
                send(game, random(1000), narrow.peer, narrow.port);
            }
            released.countDown();
            long kept = 0;
            long told = 0;
            while (kept + told < sent) {
                Observation what = narrow.nextAcknowledged().what();
                if (what instanceof Observation.DatagramsMissed missed) {
                    assertThat(missed.cause()).isEqualTo(MissCause.SOCKET_BUFFER);
                    assertThat(missed.socketOrNull())
                            .isEqualTo(new Endpoint(narrow.peer, narrow.port));
                    told += missed.count();
                } else {
                    kept++;
                }
            }
            assertThat(kept + told).isEqualTo(sent);
            assertThat(told).isPositive();
            assertThat(narrow.status().relay().missed().sockets()).isEqualTo(told);
        }
    }

    @Test
    void whatTheKernelDroppedLastIsCapturedBeforeTheRunEnds() throws Exception {
        try (EdgeUnderTest narrow =
                        EdgeUnderTest.withDatagramBuffer(nativeTransport, 16 * EdgeUnderTest.KIB);
                DatagramSocket game = new DatagramSocket(0, narrow.game)) {
            CountDownLatch released = narrow.keepBusy();
            for (int i = 0; i < 500; i++) {
                send(game, random(1000), narrow.peer, narrow.port);
            }
            released.countDown();
            narrow.next(Observation.Datagram.class);
            narrow.edge.stop();
            long told = 0;
            Observation what;
            do {
                what = narrow.nextAcknowledged().what();
                told += what instanceof Observation.DatagramsMissed missed ? missed.count() : 0;
            } while (!(what instanceof Observation.RunStopped));
            assertThat(told).isPositive();
        }
    }

    @Test
    void whatTheKernelDropsAtTheGamesSocketIsCapturedWithItsPlace() throws Exception {
        try (DatagramSocket game = new DatagramSocket(null)) {
            game.setReceiveBufferSize(8 * EdgeUnderTest.KIB);
            game.bind(new InetSocketAddress(edge.game, 0));
            // The game reads nothing.
            for (int i = 0; i < 60; i++) {
                edge.command(datagram(edge.port, game.getLocalPort(), random(1000)));
                assertThat(edge.receipt().outcome()).isEqualTo(CommandOutcome.DONE);
            }
            var missed = edge.next(Observation.DatagramsMissed.class);
            assertThat(missed.cause()).isEqualTo(MissCause.GAME_SOCKET);
            assertThat(missed.socketOrNull())
                    .isEqualTo(new Endpoint(edge.game, game.getLocalPort()));
            // Until each is either lost or in the socket.
            long lost = missed.count();
            int buffered = buffered(game);
            while (lost + buffered < 60) {
                lost += edge.next(Observation.DatagramsMissed.class).count();
            }
            assertThat(lost + buffered).isEqualTo(60);
            assertThat(edge.status().relay().missed().game()).isEqualTo(lost);
        }
    }

    @Test
    void aBurstThatHadToWaitFitsIntoTheBufferOfAGameThatReads() throws Exception {
        try (DatagramSocket game = new DatagramSocket(0, edge.game)) {
            int count = 1000;
            for (int i = 0; i < count; i++) {
                edge.command(datagram(edge.port, game.getLocalPort(), numbered(i)));
            }
            for (int i = 0; i < count; i++) {
                assertThat(payload(receive(game))).isEqualTo(numbered(i));
            }
        }
    }

    /** More than the edge takes at once; what is done at once makes room for more. */
    @Test
    void emptyDatagramsThatHadToWaitAreEachDone() throws Exception {
        try (DatagramSocket game = new DatagramSocket(0, edge.game);
                DatagramSocket other = new DatagramSocket(0, edge.game)) {
            int count = 10_500;
            int toOther = 50;
            for (int i = 0; i < count + toOther; i++) {
                DatagramSocket to = i < count ? game : other;
                edge.command(datagram(edge.port, to.getLocalPort(), Bytes.empty()));
            }
            for (int i = 0; i < count + toOther; i++) {
                assertThat(edge.receipt().outcome()).isEqualTo(CommandOutcome.DONE);
            }
        }
    }

    /** How many there are to be read, without waiting for more. */
    private static int buffered(DatagramSocket game) throws IOException {
        game.setSoTimeout(1);
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        for (int count = 0; ; count++) {
            try {
                game.receive(packet);
            } catch (SocketTimeoutException e) {
                return count;
            }
        }
    }

    private static Bytes numbered(int number) {
        return Bytes.owning(ByteBuffer.allocate(1000).putInt(number).array());
    }

    private static Action.SendDatagram datagram(int fromPort, int toPort, Bytes payload) {
        return new Action.SendDatagram(PEER, fromPort, toPort, payload, payload.crc32c());
    }

    private static void send(DatagramSocket game, Bytes payload, InetAddress to, int port)
            throws IOException {
        game.send(new DatagramPacket(payload.toByteArray(), payload.length(), to, port));
    }

    private static DatagramPacket receive(DatagramSocket game) throws IOException {
        game.setSoTimeout(20_000);
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        game.receive(packet);
        return packet;
    }

    private static Bytes payload(DatagramPacket packet) {
        return Bytes.owning(Arrays.copyOf(packet.getData(), packet.getLength()));
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
