package kontor.adapter.run;

import static kontor.adapter.run.AdapterProcesses.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import kontor.packets.v1.AdapterEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An adapter whose data is on a small file system that fills up while its game talks: a tmpfs in a
 * mount namespace of its own, which is gone with the process.
 */
@Timeout(180)
final class FullDiskIT {

    private static final int GAME_PORT = 23_459;
    private static final InetAddress GAME = InetAddress.ofLiteral("127.72.0.1");
    private static final InetAddress PEER = InetAddress.ofLiteral("127.72.0.2");

    private static final String LAB =
            """
            lab: full-disk
            ports: { tcp: [23459], udp: [23459] }
            instances:
              game1: { address: 127.72.0.1, peers: { game2: 127.72.0.2 } }
              game2: { address: 127.72.0.2, peers: { game1: 127.72.0.1 } }
            """;

    private static final String SMALL_DISK =
            "mount -t tmpfs -o size=3m tmpfs \"$0\" && exec \"$@\"";

    private static final int BLOCK = 4_096;

    private @TempDir Path directory;
    private AdapterProcesses lab;
    private TinyOrchestrator log;
    private AdapterProcess adapter;

    @BeforeEach
    void start() throws Exception {
        lab = new AdapterProcesses(LAB, directory);
        Files.createDirectory(lab.data());
        log = new TinyOrchestrator(lab.servers(), false);
        adapter =
                lab.start(
                        inSmallDisk(),
                        Map.of("KONTOR_SPOOL_SEGMENT", "64KB", "KONTOR_SPOOL_MEMORY", "32KB"));
        await("it listens", adapter::listening);
    }

    /** A user who is not root becomes root in a user namespace of its own. */
    private List<String> inSmallDisk() {
        boolean root = System.getProperty("user.name").equals("root");
        return List.of(
                "unshare", root ? "-m" : "-Urm", "sh", "-c", SMALL_DISK, lab.data().toString());
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
        log.close();
    }

    @Test
    void theGameIsPausedWhileTheDiskIsFullAndGoesOnWhenThereIsSpaceAgain() throws Exception {
        try (Writer writer = new Writer();
                DatagramSocket datagrams = new DatagramSocket(0, GAME)) {
            await("packets flow", () -> writer.blocks.get() > 100);

            await("it is said in the status", () -> fill() && lastStatusRefuses());
            assertThat(adapter.health()).contains("\"spoolWritable\":false", "OUT_OF_SERVICE");
            assertThat(lab.printed())
                    .contains("reading from the game is paused until the disk recovers")
                    .contains("No space left on device");
            await("the game cannot write any more", () -> fill() && writer.standsStill());
            datagrams.send(new DatagramPacket(new byte[] {1}, 1, PEER, GAME_PORT));
            await(
                    "the missed datagram is an event",
                    () -> log.events.stream().anyMatch(AdapterEvent::hasDatagramsMissed));

            Files.delete(filler());
            int before = writer.blocks.get();
            await("the game goes on", () -> writer.blocks.get() > before + 100);
            await("it is said, too", () -> !lastStatusRefuses());
            writer.end();
            await("all has arrived", () -> received().length == writer.blocks.get() * BLOCK);
            assertInOrder(received());
        }
        assertThat(lab.printed())
                .contains("the disk has recovered; reading from the game is resumed");
    }

    /** Takes what is free; seen from here the small disk is below the process's root. */
    private boolean fill() {
        byte[] bytes = new byte[16 * 1024];
        try (OutputStream filler =
                Files.newOutputStream(
                        filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                filler.write(bytes);
            }
        } catch (IOException e) {
            // Full.
            return true;
        }
    }

    private Path filler() {
        return Path.of("/proc/" + adapter.pid() + "/root" + lab.data()).resolve("filler");
    }

    private boolean lastStatusRefuses() {
        return !log.statuses.isEmpty() && log.statuses.getLast().getSpoolRefused();
    }

    private byte[] received() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        log.events.stream()
                .filter(AdapterEvent::hasFlowData)
                .forEach(event -> all.writeBytes(event.getFlowData().getPayload().toByteArray()));
        return all.toByteArray();
    }

    private static void assertInOrder(byte[] bytes) {
        ByteBuffer stream = ByteBuffer.wrap(bytes);
        for (int number = 0; number < bytes.length / BLOCK; number++) {
            assertThat(stream.getInt(number * BLOCK)).isEqualTo(number);
        }
    }

    /** A game that writes numbered blocks as fast as they are taken. */
    private static final class Writer implements AutoCloseable {

        private final Socket socket = new Socket();
        private final AtomicInteger blocks = new AtomicInteger();
        private final Thread thread = new Thread(this::write, "kontor-test-writer");
        private volatile boolean ending;
        private int seen = -1;

        Writer() throws IOException {
            socket.bind(new InetSocketAddress(GAME, 0));
            socket.connect(new InetSocketAddress(PEER, GAME_PORT));
            thread.start();
        }

        private void write() {
            try {
                OutputStream out = socket.getOutputStream();
                while (!ending) {
                    out.write(ByteBuffer.allocate(BLOCK).putInt(blocks.get()).array());
                    blocks.incrementAndGet();
                    // As a game, which is not the fastest.
                    Thread.sleep(1);
                }
                socket.shutdownOutput();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Whether not a block was taken between this call and the one before. */
        boolean standsStill() {
            int now = blocks.get();
            boolean still = now == seen;
            seen = now;
            return still && thread.getState() != Thread.State.TIMED_WAITING;
        }

        void end() throws InterruptedException {
            ending = true;
            thread.join();
        }

        @Override
        public void close() throws IOException {
            ending = true;
            socket.close();
        }
    }
}
