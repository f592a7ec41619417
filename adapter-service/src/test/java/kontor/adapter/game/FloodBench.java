package kontor.adapter.game;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import kontor.adapter.kafka.EventEncoder;
import kontor.adapter.kafka.RunIdentity;
import kontor.adapter.pace.PaceBounds;
import kontor.adapter.relay.CommandReceipt;
import kontor.adapter.relay.GameNetwork;
import kontor.adapter.relay.RelayBounds;
import kontor.adapter.spool.FileSpool;
import kontor.adapter.spool.FileSpoolSettings;
import kontor.adapter.spool.SpoolBounds;
import kontor.lab.PortSet;
import kontor.vocabulary.InstanceName;
import kontor.vocabulary.LabName;
import kontor.vocabulary.RunId;

/**
 * What an adapter keeps of a flood of datagrams that are sent as fast as one thread can. No test:
 * {@code ADR 0019} has the figures of one run. Arguments: a directory that does not exist yet,
 * bytes of a datagram, datagrams, receive buffer in KiB, whether to use the native transport.
 */
@SuppressWarnings("SystemOut")
final class FloodBench implements CommandReports {

    private static final int PORT = 2380;
    private static final int FLOODS = 4;
    private static final int KIB = 1024;

    private FloodBench() {}

    public static void main(String... arguments) throws Exception {
        int bytes = Integer.parseInt(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        GameNetwork network =
                new GameNetwork(
                        InetAddress.ofLiteral("127.81.0.1"),
                        Map.of(new InstanceName("game2"), InetAddress.ofLiteral("127.81.0.2")),
                        null);
        RunId run = new RunId(new UUID(0, 1));
        RunIdentity identity =
                new RunIdentity(new LabName("flood"), new InstanceName("game1"), run, 1, "unbuilt");
        SpoolBounds bounds = new SpoolBounds(1L << 40, 1L << 41, 1L << 42);
        try (FileSpool spool =
                FileSpool.open(
                        new FileSpoolSettings(
                                Path.of(arguments[0]), bounds, 16 << 20, 8 << 20, Duration.ZERO),
                        run,
                        new EventEncoder(identity))) {
            spool.start();
            GameEdge edge =
                    new GameEdge(
                            identity.instance(),
                            run,
                            network,
                            new GameSettings(
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(1),
                                    16,
                                    Integer.parseInt(arguments[3]) * KIB,
                                    16,
                                    Boolean.parseBoolean(arguments[4])),
                            new RelayBounds(2, 1, 1 << 20, 1000),
                            PaceBounds.DEFAULT,
                            new StrangerSettings(4, Duration.ofSeconds(10)),
                            spool,
                            new FloodBench());
            edge.open(PortSet.parse("2300"), PortSet.parse(Integer.toString(PORT)));
            for (int i = 0; i < FLOODS; i++) {
                flood(edge, count, bytes);
            }
            edge.stop();
            edge.close();
            spool.end();
        }
    }

    private static void flood(GameEdge edge, int count, int bytes) throws Exception {
        GameStatus before = edge.status().join();
        long begin = System.nanoTime();
        try (DatagramChannel game = DatagramChannel.open()) {
            game.bind(new InetSocketAddress("127.81.0.1", PORT));
            ByteBuffer payload = ByteBuffer.allocateDirect(bytes);
            InetSocketAddress to = new InetSocketAddress("127.81.0.2", PORT);
            for (int i = 0; i < count; i++) {
                game.send(payload.clear(), to);
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        // Two rounds of the look at what was dropped.
        Thread.sleep(2500);
        GameStatus after = edge.status().join();
        long kept = (after.capturedPayloadBytes() - before.capturedPayloadBytes()) / bytes;
        long missed = after.relay().missed().sockets() - before.relay().missed().sockets();
        System.out.printf(
                "sent %,d of %d bytes, %,.0f a second: kept %,d, missed and said %,d%n",
                count, bytes, count / seconds, kept, missed);
    }

    @Override
    public void answered(CommandReceipt receipt, long atMicros) {}

    @Override
    public void freezeWanted(String freezeId, long atMostMillis) {}

    @Override
    public void thawWanted(String freezeId) {}

    @Override
    public boolean takesReceipts() {
        return true;
    }

    @Override
    public void halted(String reason) {
        System.out.println("HALTED: " + reason);
    }
}
