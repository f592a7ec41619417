package kontor.adapter.run;

import static kontor.adapter.run.AdapterProcesses.await;
import static kontor.adapter.run.AdapterProcesses.nobodyListensThere;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import kontor.commands.v1.Action;
import kontor.commands.v1.AdapterCommand;
import kontor.commands.v1.Outcome;
import kontor.commands.v1.Receipt;
import kontor.packets.v1.AdapterEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The adapter's process, killed with SIGKILL while its game talks and the broker is away. */
@Timeout(180)
final class KilledAdapterIT {

    private static final int GAME_PORT = 23_457;
    private static final InetAddress GAME = InetAddress.ofLiteral("127.71.0.1");
    private static final InetAddress PEER = InetAddress.ofLiteral("127.71.0.2");
    private static final long NANOS_BETWEEN_EVENTS = 1_000_000;
    private static final int AT_LEAST = 3_000;

    private static final String LAB =
            """
            lab: killed
            ports: { tcp: [23457], udp: [23457] }
            instances:
              game1: { address: 127.71.0.1, peers: { game2: 127.71.0.2 } }
              game2: { address: 127.71.0.2, peers: { game1: 127.71.0.1 } }
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
    void allItHadReadIsInTheLogOnceAndInOrder() throws Exception {
        AdapterProcess first = adapter(nobodyListensThere());
        await("the first life", first::listening);
        Talk talk = new Talk();
        long captured;
        try {
            talk.start();
            await("enough", () -> captured(first) > AT_LEAST);
            captured = captured(first);
            first.kill();
        } finally {
            talk.end();
        }

        log = new TinyOrchestrator(lab.servers(), false);
        AdapterProcess second = adapter(lab.servers());
        await("both runs", () -> runs().size() == 2);

        List<AdapterEvent> all = log.events;
        String firstRun = all.getFirst().getRunId();
        List<AdapterEvent> ofFirst =
                all.stream().filter(e -> e.getRunId().equals(firstRun)).toList();
        assertThat(ofFirst)
                .extracting(AdapterEvent::getAdapterSequence)
                .as("without gaps, in order; the broker had none of them before")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, ofFirst.size()).boxed().toList());
        assertThat(ofFirst)
                .as("what its counter had said")
                .hasSizeGreaterThanOrEqualTo((int) captured);
        assertThat(all.subList(0, ofFirst.size())).as("before the second run").isEqualTo(ofFirst);
        assertThat(ofFirst.getFirst().hasRunStarted()).isTrue();
        assertThat(all.get(ofFirst.size()).hasRunStarted()).isTrue();
        talk.hasInOrder(ofFirst);

        assertThat(second.stop()).as("exit status of an orderly end (SIGTERM)").isEqualTo(143);
        await("its end", () -> all.getLast().hasRunStopped());
        assertThat(spoolFiles()).as("all of it is with the broker").isEmpty();
    }

    @Test
    void anOwnerThatWasDisplacedBeforeTheRunBeganIsNotObeyed() throws Exception {
        TinyOrchestrator owners = new TinyOrchestrator(lab.servers(), false);
        log = owners;
        owners.sendRaw(command("an-earlier-run", 0, 7));
        owners.sendRaw(command("an-earlier-run", 1, 6));
        owners.flush();
        adapter(lab.servers());
        await("the run", () -> runs().size() == 1);
        String run = runs().iterator().next();

        owners.sendRaw(command(run, 1, 6));
        owners.sendRaw(command(run, 1, 7));

        await("both receipts", () -> owners.receipts.size() == 2);
        assertThat(owners.receipts)
                .extracting(Receipt::getOutcome)
                .containsExactly(Outcome.OUTCOME_STALE_OWNER, Outcome.OUTCOME_FAILED);
    }

    /** One that can do nothing, the flow never having been. */
    private static AdapterCommand command(String run, long sequence, long epoch) {
        return AdapterCommand.newBuilder()
                .setLab("killed")
                .setInstance("game1")
                .setTargetRunId(run)
                .setCommandSequence(sequence)
                .setOwnerEpoch(epoch)
                .addAllActions(sequence == 0 ? List.of() : List.of(Action.newBuilder().build()))
                .build();
    }

    @Test
    void aSecondAdapterOnOneDirectoryIsRefused() throws Exception {
        AdapterProcess first = adapter(nobodyListensThere());
        await("the first", first::listening);
        AdapterProcess second = adapter(nobodyListensThere());
        assertThat(second.waitFor()).isEqualTo(1);
        assertThat(lab.printed())
                .contains("another adapter is using the spool " + spool())
                .doesNotContain("\tat ");
        assertThat(first.alive()).isTrue();
    }

    private AdapterProcess adapter(String broker) throws IOException {
        return lab.start(
                Map.of(
                        "KONTOR_KAFKA_SERVERS",
                        broker,
                        "KONTOR_SPOOL_SEGMENT",
                        "64KB",
                        "KONTOR_SPOOL_MEMORY",
                        "32KB"));
    }

    private Path spool() {
        return lab.data().resolve("spool");
    }

    private List<Path> spoolFiles() throws IOException {
        try (Stream<Path> files = Files.list(spool())) {
            return files.filter(file -> file.toString().endsWith(".spool1")).toList();
        }
    }

    private Set<String> runs() {
        Set<String> runs = new HashSet<>();
        if (log != null) {
            log.events.forEach(event -> runs.add(event.getRunId()));
        }
        return runs;
    }

    private static long captured(AdapterProcess adapter) {
        try {
            return adapter.counter("kontor_adapter_captured_events_total");
        } catch (IOException e) {
            return 0;
        }
    }

    /** A game that sends a numbered datagram, or numbered bytes of a stream, each millisecond. */
    private static final class Talk {

        private final Socket stream = new Socket();
        private final DatagramSocket datagrams = new DatagramSocket(0, GAME);
        private final Thread thread = new Thread(this::run, "kontor-test-game");
        private volatile boolean over;

        Talk() throws IOException {
            stream.bind(new InetSocketAddress(GAME, 0));
            stream.connect(new InetSocketAddress(PEER, GAME_PORT));
        }

        void start() {
            thread.start();
        }

        private void run() {
            long due = System.nanoTime();
            try {
                for (long number = 0; !over; number++) {
                    ByteBuffer bytes = ByteBuffer.allocate(200).putLong(number / 2);
                    if (number % 2 == 0) {
                        datagrams.send(
                                new DatagramPacket(
                                        bytes.array(), bytes.capacity(), PEER, GAME_PORT));
                    } else {
                        stream.getOutputStream().write(bytes.array());
                    }
                    due += NANOS_BETWEEN_EVENTS;
                    LockSupport.parkNanos(due - System.nanoTime());
                }
            } catch (IOException e) {
                // The adapter is gone, as this test wants it.
                over = true;
            }
        }

        /** What these events say is what was sent, from the beginning on and without a gap. */
        void hasInOrder(List<AdapterEvent> events) throws IOException {
            long datagram = 0;
            var streamed = ByteString.newOutput();
            for (AdapterEvent event : events) {
                if (event.hasDatagram()) {
                    ByteString payload = event.getDatagram().getPayload();
                    assertThat(payload.asReadOnlyByteBuffer().getLong()).isEqualTo(datagram++);
                    isSound(event, payload);
                } else if (event.hasFlowData()) {
                    ByteString payload = event.getFlowData().getPayload();
                    assertThat(event.getFlowData().getStreamOffset()).isEqualTo(streamed.size());
                    payload.writeTo(streamed);
                    isSound(event, payload);
                }
            }
            ByteString bytes = streamed.toByteString();
            for (int number = 0; (number + 1) * 200 <= bytes.size(); number++) {
                assertThat(bytes.substring(number * 200).asReadOnlyByteBuffer().getLong())
                        .isEqualTo(number);
            }
            assertThat(datagram).isGreaterThan(AT_LEAST / 3);
            assertThat(bytes.size() / 200).isGreaterThan(AT_LEAST / 3);
        }

        private static void isSound(AdapterEvent event, ByteString payload) {
            CRC32C crc = new CRC32C();
            crc.update(payload.asReadOnlyByteBuffer());
            assertThat(event.getPayloadCrc32C()).isEqualTo((int) crc.getValue());
        }

        void end() throws IOException, InterruptedException {
            over = true;
            thread.join();
            stream.close();
            datagrams.close();
        }
    }
}
