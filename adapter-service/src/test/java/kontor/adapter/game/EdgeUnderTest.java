package kontor.adapter.game;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import kontor.adapter.capture.CapturedEvent;
import kontor.adapter.capture.Observation;
import kontor.adapter.pace.PaceBounds;
import kontor.adapter.relay.Action;
import kontor.adapter.relay.Command;
import kontor.adapter.relay.CommandReceipt;
import kontor.adapter.relay.GameNetwork;
import kontor.adapter.relay.RelayBounds;
import kontor.adapter.relay.WindowBounds;
import kontor.adapter.spool.MemorySpool;
import kontor.adapter.spool.MemorySpool.Kept;
import kontor.adapter.spool.SpoolBounds;
import kontor.lab.PortSet;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;

/** A game edge with real sockets on addresses of its own; the test is game and orchestrator. */
final class EdgeUnderTest implements CommandReports, AutoCloseable {

    static final InstanceName PEER = new InstanceName("game2");
    static final int KIB = 1024;
    private static final int DATAGRAM_BUFFER = 4096 * KIB;

    /** What an event takes up in the spool beside its payload. */
    private static final int OVERHEAD = 200;

    private static final AtomicInteger NETWORKS = new AtomicInteger();

    final boolean isNative;
    final InetAddress game;
    final InetAddress peer;
    final InetAddress broadcast;
    final int port;
    private final WindowBounds window;
    final RunId run = new RunId(UUID.randomUUID());
    final MemorySpool spool =
            new MemorySpool(
                    run,
                    new SpoolBounds(64 * KIB, 256 * KIB, 1024 * KIB),
                    event -> new byte[OVERHEAD + event.what().payload().length()]);
    final GameEdge edge;

    private final LinkedBlockingQueue<CommandReceipt> receipts = new LinkedBlockingQueue<>();
    private long commands;
    private volatile @Nullable String halted;

    private final int datagramBufferBytes;

    /** With a window that never closes. */
    EdgeUnderTest(boolean nativeTransport) throws Exception {
        this(nativeTransport, 0);
    }

    EdgeUnderTest(boolean nativeTransport, WindowBounds window) throws Exception {
        this(nativeTransport, window, loopbackNetwork(), 0, DATAGRAM_BUFFER);
    }

    /** With receive buffers of this size, as far as the system allows. */
    static EdgeUnderTest withDatagramBuffer(boolean nativeTransport, int bytes) throws Exception {
        return new EdgeUnderTest(
                nativeTransport, window(1 << 30, Duration.ofDays(1)), loopbackNetwork(), 0, bytes);
    }

    /**
     * @param fixedPort that it listens on; 0 for any
     * @param otherGames the own addresses of the lab's other games
     */
    EdgeUnderTest(boolean nativeTransport, int fixedPort, InetAddress... otherGames)
            throws Exception {
        this(nativeTransport, loopbackNetwork(otherGames), fixedPort);
    }

    EdgeUnderTest(boolean nativeTransport, GameNetwork network, int fixedPort) throws Exception {
        this(
                nativeTransport,
                window(1 << 30, Duration.ofDays(1)),
                network,
                fixedPort,
                DATAGRAM_BUFFER);
    }

    private EdgeUnderTest(
            boolean nativeTransport,
            WindowBounds window,
            GameNetwork network,
            int fixedPort,
            int datagramBufferBytes)
            throws Exception {
        this.window = window;
        this.datagramBufferBytes = datagramBufferBytes;
        isNative = nativeTransport;
        game = requireNonNull(network.gameOrNull());
        peer = requireNonNull(network.peers().get(PEER));
        broadcast = requireNonNull(network.broadcastOrNull());
        port = fixedPort == 0 ? freePort(peer) : fixedPort;
        edge = newEdge(nativeTransport, network);
        edge.open(PortSet.parse(Integer.toString(port)), PortSet.parse(Integer.toString(port)));
        CapturedEvent first = next();
        assertThat(first.sequence()).isEqualTo(1);
        assertThat(first.what()).isInstanceOf(Observation.RunStarted.class);
    }

    private static GameNetwork loopbackNetwork(InetAddress... otherGames) {
        String prefix = "127.77." + (NETWORKS.incrementAndGet() % 250) + ".";
        return new GameNetwork(
                List.of(InetAddress.ofLiteral(prefix + "1")),
                Map.of(PEER, InetAddress.ofLiteral(prefix + "2")),
                InetAddress.ofLiteral(prefix + "255"),
                Set.of(otherGames),
                true);
    }

    /** One that neither grows nor shrinks. */
    static WindowBounds window(long bytes, Duration patience) {
        return new WindowBounds(
                bytes / 2, bytes, bytes, bytes, Duration.ofDays(1).toMillis(), patience.toMillis());
    }

    GameEdge newEdge(boolean nativeTransport, GameNetwork network) {
        GameSettings settings =
                new GameSettings(
                        Duration.ofMillis(800),
                        Duration.ofSeconds(5),
                        128,
                        datagramBufferBytes,
                        3,
                        nativeTransport);
        return new GameEdge(
                new InstanceName("game1"),
                run,
                network,
                settings,
                new RelayBounds(512 * KIB, 128 * KIB, 16 * 1024 * KIB, 10_000, window),
                PaceBounds.DEFAULT,
                new StrangerSettings(4, Duration.ofMillis(200)),
                spool,
                this);
    }

    /** One that is free for TCP and outside the range that the system gives to clients. */
    static int freePort(InetAddress address) throws IOException {
        for (int candidate = 20_000 + (int) (Math.random() * 10_000); ; candidate++) {
            try (ServerSocket probe = new ServerSocket(candidate, 1, address)) {
                return probe.getLocalPort();
            } catch (IOException e) {
                assertThat(candidate).as("a free port").isLessThan(32_000);
            }
        }
    }

    /** The next event, taken from the spool but not acknowledged. */
    CapturedEvent next() throws InterruptedException {
        return nextKept().captured();
    }

    private Kept nextKept() throws InterruptedException {
        return spool.next().orElseThrow();
    }

    /** The next event, which must be of this kind; acknowledged. */
    <T extends Observation> T next(Class<T> kind) throws InterruptedException {
        CapturedEvent event = nextAcknowledged();
        assertThat(event.payloadCrc32c())
                .isEqualTo(event.what().payload().isEmpty() ? 0 : event.what().payload().crc32c());
        assertThat(event.what()).isInstanceOf(kind);
        return kind.cast(event.what());
    }

    /** The next event, whatever it is; acknowledged. */
    CapturedEvent nextAcknowledged() throws InterruptedException {
        Kept kept = nextKept();
        spool.acknowledge(kept.spooled().place());
        return kept.captured();
    }

    void command(Action... actions) {
        Command command =
                new Command(run.toString(), ++commands, "session", 7, 1, 0, List.of(actions));
        edge.submit(List.of(command), () -> {});
    }

    CommandReceipt receipt() throws InterruptedException {
        CommandReceipt receipt = receipts.poll(20, SECONDS);
        assertThat(receipt).as("a receipt").isNotNull();
        return receipt;
    }

    /** What the edge has answered so far and nobody has taken. */
    List<CommandReceipt> answered() {
        status();
        return List.copyOf(receipts);
    }

    GameStatus status() {
        return edge.status().join();
    }

    /** Returns when the edge's thread does nothing any more, until the latch is counted down. */
    CountDownLatch keepBusy() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        edge.submit(
                List.of(),
                () -> {
                    begun.countDown();
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        begun.await();
        return released;
    }

    @Override
    public void answered(CommandReceipt receipt, long atMicros) {
        receipts.add(receipt);
    }

    @Override
    public void freezeWanted(String freezeId, long atMostMillis) {
        throw new AssertionError("no test of the edge freezes");
    }

    @Override
    public void thawWanted(String freezeId) {
        throw new AssertionError("no test of the edge thaws");
    }

    @Override
    public boolean takesReceipts() {
        return true;
    }

    @Override
    public void halted(String reason) {
        halted = reason;
    }

    @Nullable String haltReason() {
        return halted;
    }

    @Override
    public void close() {
        edge.stop();
        edge.close();
    }
}
