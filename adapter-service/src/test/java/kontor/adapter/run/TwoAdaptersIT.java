package kontor.adapter.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Random;
import java.util.zip.CRC32C;
import kontor.commands.v1.AdapterCommand;
import kontor.commands.v1.Outcome;
import kontor.packets.v1.AdapterEvent;
import kontor.packets.v1.DatagramsMissed;
import kontor.packets.v1.MissCause;
import kontor.packets.v1.Protocol;
import kontor.packets.v1.StrangerSeen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two adapters, a real broker between them, and games that are plain sockets. */
@Timeout(120)
final class TwoAdaptersIT extends TwoAdapters {

    @Test
    void aLargeTransferArrivesWholeAndIsAnswered() throws Exception {
        int length = 30_000_000;
        CRC32C sent = new CRC32C();
        CRC32C received = new CRC32C();
        try (ServerSocket listening = new ServerSocket(GAME_PORT, 10, GAME2);
                Socket game1 = connect()) {
            Thread writer =
                    Thread.ofPlatform()
                            .name("kontor-test-game1")
                            .start(() -> writeMuch(game1, length, sent));
            try (Socket game2 = listening.accept()) {
                assertThat(game2.getInetAddress()).isEqualTo(GAME1_SEEN_BY_2);
                assertThat(game2.getPort()).isEqualTo(game1.getLocalPort());
                InputStream in = game2.getInputStream();
                byte[] piece = in.readNBytes(100_000);
                int total = 0;
                while (piece.length > 0) {
                    received.update(piece);
                    total += piece.length;
                    piece = in.readNBytes(100_000);
                }
                writer.join();
                assertThat(total).isEqualTo(length);
                assertThat(received.getValue()).isEqualTo(sent.getValue());
                game2.getOutputStream().write("thanks".getBytes(US_ASCII));
                game2.shutdownOutput();
                assertThat(new String(game1.getInputStream().readAllBytes(), US_ASCII))
                        .isEqualTo("thanks");
            }
        }
        await(
                "both ends forgotten",
                () ->
                        adapter1.state().game().relay().openFlows() == 0
                                && adapter2.state().game().relay().openFlows() == 0);
        isReadNoFurtherThanItsWindow(length);
    }

    /**
     * By the log: a confirmation stands in it before whatever was read because of it. Once the
     * game's end is announced, Netty reads what the operating system still holds, window or not.
     */
    private void isReadNoFurtherThanItsWindow(int length) {
        long undisturbed = length - LARGEST_SYSTEM_BUFFER;
        long confirmed = 0;
        long confirmations = 0;
        for (AdapterEvent event : orchestrator.events) {
            if (event.hasFlowConfirmed()) {
                assertThat(event.getInstance()).isEqualTo("game2");
                confirmations++;
                confirmed = event.getFlowConfirmed().getStreamOffset();
            } else if (event.hasFlowData() && event.getInstance().equals("game1")) {
                var data = event.getFlowData();
                long end = data.getStreamOffset() + data.getPayload().size();
                long afterTheEnd = end > undisturbed ? LARGEST_SYSTEM_BUFFER : 0;
                assertThat(end - confirmed)
                        .as("ahead at %d of %d bytes", end, length)
                        .isLessThan(LARGEST_WINDOW_AND_ONE_READ + afterTheEnd);
            }
        }
        assertThat(confirmations).isBetween(1L, 30_000_000L / (64 * 1024));
    }

    @Test
    void aFlowOfSomeKilobytesCostsNoConfirmation() throws Exception {
        exchange(20_000);
        assertThat(orchestrator.events).noneMatch(AdapterEvent::hasFlowConfirmed);
    }

    @Test
    @Tag(IMPATIENT)
    void betweenPartnersThatKnowNoConfirmationsATransferArrivesAllTheSame() throws Exception {
        orchestrator.old = true;
        exchange(1_000_000);
        assertThat(orchestrator.events).noneMatch(AdapterEvent::hasFlowConfirmed);
    }

    /** There and back. */
    private void exchange(int length) throws Exception {
        byte[] much = new byte[length];
        new Random(length).nextBytes(much);
        try (ServerSocket listening = new ServerSocket(GAME_PORT, 10, GAME2);
                Socket game1 = connect();
                Socket game2 = listening.accept()) {
            for (Socket[] way : new Socket[][] {{game1, game2}, {game2, game1}}) {
                Thread writer =
                        Thread.ofPlatform()
                                .name("kontor-test-game")
                                .start(() -> write(way[0], much));
                assertThat(way[1].getInputStream().readNBytes(length)).isEqualTo(much);
                writer.join();
            }
        }
    }

    private static void write(Socket game, byte[] bytes) {
        try {
            game.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRefusalReachesTheOpenerAsAReset() throws Exception {
        try (Socket game1 = connect()) {
            assertThatThrownBy(() -> game1.getInputStream().read())
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void datagramsGoBothWaysOnceThoughCommandsAreRepeated() throws Exception {
        orchestrator.stammering = true;
        try (DatagramSocket game1 = new DatagramSocket(0, GAME1);
                DatagramSocket game2 = new DatagramSocket(GAME_PORT, GAME2)) {
            game1.setSoTimeout(20_000);
            game2.setSoTimeout(20_000);
            for (int i = 0; i < 50; i++) {
                byte[] ping = ("ping " + i).getBytes(US_ASCII);
                game1.send(new DatagramPacket(ping, ping.length, GAME2_SEEN_BY_1, GAME_PORT));
                DatagramPacket arrived = new DatagramPacket(new byte[100], 100);
                game2.receive(arrived);
                assertThat(text(arrived)).isEqualTo("ping " + i);
                byte[] pong = ("pong " + i).getBytes(US_ASCII);
                game2.send(new DatagramPacket(pong, pong.length, arrived.getSocketAddress()));
                DatagramPacket answered = new DatagramPacket(new byte[100], 100);
                game1.receive(answered);
                assertThat(text(answered)).isEqualTo("pong " + i);
                assertThat(answered.getSocketAddress())
                        .isEqualTo(new InetSocketAddress(GAME2_SEEN_BY_1, GAME_PORT));
            }
        }
    }

    @Test
    void whatTheGamesOwnSocketHasNoRoomForIsToldByItsAdapterWithThePlace() throws Exception {
        int sent = 200;
        try (DatagramSocket game1 = new DatagramSocket(0, GAME1);
                DatagramSocket game2 = new DatagramSocket(null)) {
            game2.setReceiveBufferSize(8 * 1024);
            game2.bind(new InetSocketAddress(GAME2, GAME_PORT));
            // Game2 reads nothing.
            for (int i = 0; i < sent; i++) {
                game1.send(new DatagramPacket(new byte[1000], 1000, GAME2_SEEN_BY_1, GAME_PORT));
            }
            AdapterEvent event = awaitEvent(AdapterEvent.WhatCase.DATAGRAMS_MISSED);
            DatagramsMissed missed = event.getDatagramsMissed();
            assertThat(event.getRunId()).isEqualTo(adapter2.identity().run().toString());
            assertThat(missed.getCause()).isEqualTo(MissCause.MISS_CAUSE_GAME_SOCKET);
            assertThat(missed.getSocket().getAddress().toByteArray()).isEqualTo(GAME2.getAddress());
            assertThat(missed.getSocket().getPort()).isEqualTo(GAME_PORT);
            await(
                    "the status says so",
                    () -> {
                        long lost = lost();
                        return orchestrator.statuses.stream()
                                .anyMatch(status ->
                                        status.getInstance().equals("game2")
                                                && status.getMissedAtGame() == lost
                                                && status.getMissedDatagrams() == lost);
                    });
        }
    }

    private long lost() {
        return orchestrator.events.stream()
                .filter(AdapterEvent::hasDatagramsMissed)
                .mapToLong(event -> event.getDatagramsMissed().getCount())
                .sum();
    }

    @Test
    void aStrangerBetweenQuestionAndAnswerChangesNothingAndIsTold() throws Exception {
        InetAddress stranger = InetAddress.ofLiteral("127.9.9.9");
        try (DatagramSocket game1 = new DatagramSocket(GAME_PORT, GAME1);
                DatagramSocket game2 = new DatagramSocket(GAME_PORT, GAME2);
                DatagramSocket other = new DatagramSocket(GAME_PORT, stranger)) {
            game1.setSoTimeout(20_000);
            game2.setSoTimeout(20_000);
            byte[] question = "question".getBytes(US_ASCII);
            game1.send(new DatagramPacket(question, question.length, GAME2_SEEN_BY_1, GAME_PORT));
            byte[] noise = "noise".getBytes(US_ASCII);
            other.send(new DatagramPacket(noise, noise.length, GAME2_SEEN_BY_1, GAME_PORT));
            DatagramPacket arrived = new DatagramPacket(new byte[100], 100);
            game2.receive(arrived);
            assertThat(text(arrived)).isEqualTo("question");

            StrangerSeen seen = awaitEvent(AdapterEvent.WhatCase.STRANGER_SEEN).getStrangerSeen();
            assertThat(seen.getProtocol()).isEqualTo(Protocol.PROTOCOL_UDP);
            assertThat(seen.getSourceAddress().toByteArray()).isEqualTo(stranger.getAddress());
            assertThat(seen.getPackets()).isEqualTo(1);
            byte[] answer = "answer".getBytes(US_ASCII);
            game2.send(new DatagramPacket(answer, answer.length, arrived.getSocketAddress()));
            DatagramPacket answered = new DatagramPacket(new byte[100], 100);
            game1.receive(answered);
            assertThat(text(answered)).isEqualTo("answer");
        }
        await(
                "the status names it",
                () ->
                        orchestrator.statuses.stream()
                                .anyMatch(status ->
                                        status.getInstance().equals("game1")
                                                && status.getStrangerPackets() == 1
                                                && status.getStrangersCount() == 1
                                                && status.getPeerAddressesCount() == 1
                                                && !status.getGameAddress().isEmpty()
                                                && status.getBroadcastAddress().isEmpty()));
        assertThat(orchestrator.events.stream().filter(AdapterEvent::hasDatagram))
                .extracting(event -> event.getDatagram().getPayload().toStringUtf8())
                .containsExactly("question", "answer");
    }

    @Test
    void aCommandForAnEarlierRunIsRefused() throws Exception {
        orchestrator.sendRaw(
                AdapterCommand.newBuilder()
                        .setLab("two-adapters")
                        .setInstance("game1")
                        .setTargetRunId("an-earlier-run")
                        .setCommandSequence(17)
                        .build());
        await(
                "the receipt",
                () ->
                        orchestrator.receipts.stream()
                                .anyMatch(r -> r.getOutcome() == Outcome.OUTCOME_STALE_RUN));
        assertThat(adapter1.haltReason()).isEmpty();
    }

    private static Socket connect() throws IOException {
        Socket game1 = new Socket();
        game1.bind(new InetSocketAddress(GAME1, 0));
        game1.connect(new InetSocketAddress(GAME2_SEEN_BY_1, GAME_PORT));
        return game1;
    }

    private static void writeMuch(Socket game, int length, CRC32C crc) {
        try {
            byte[] piece = new byte[100_000];
            Random random = new Random(length);
            for (int left = length; left > 0; left -= piece.length) {
                random.nextBytes(piece);
                crc.update(piece);
                game.getOutputStream().write(piece);
            }
            game.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
    }
}
