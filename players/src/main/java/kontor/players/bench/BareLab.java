package kontor.players.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.lab.PortSet;
import kontor.players.lab.LoopbackLab;
import kontor.players.traffic.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * A lab that does as little as carrying by Kafka takes: sockets where games reach each other, two
 * bare hops between them, and a log that is read as often as the session log. It decodes and
 * decides nothing, keeps no spool, and is a single process. Carries stamped datagrams and {@link
 * BareConnections connections} of one port.
 */
public final class BareLab implements AutoCloseable {

    /** Its games' networks are 127.231.0, 127.232.0 and so on. */
    private static final int NETWORKS = 230;

    /** What it consists of, in a few words. */
    public static final String CONSISTS_OF = "sockets, two bare Kafka hops, a log and its readers";

    private static final int LARGEST_DATAGRAM = 65_536;
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private final Lab lab;
    private final int port;
    private final List<Selector> selectors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** By game, and by the game that it sees there. */
    private final List<List<@Nullable DatagramChannel>> faces = new ArrayList<>();

    private final BareConnections connections;
    private @Nullable KafkaHops hops;
    private volatile boolean closed;

    private BareLab(int games, int port) {
        this.lab = LoopbackLab.of(NETWORKS, games, PortSet.parse(Integer.toString(port)));
        this.port = port;
        this.connections = new BareConnections(lab, port);
    }

    /**
     * Carries datagrams and connections when it returns.
     *
     * @throws IOException if an address cannot be bound
     * @throws ExecutionException if the broker refuses or cannot be reached
     */
    public static BareLab open(String kafkaServers, int games, int port)
            throws IOException, ExecutionException, InterruptedException {
        BareLab lab = new BareLab(games, port);
        try {
            lab.start(kafkaServers);
            return lab;
        } catch (IOException | ExecutionException | InterruptedException | RuntimeException e) {
            lab.close();
            throw e;
        }
    }

    /** The games' addresses. */
    public Lab lab() {
        return lab;
    }

    private void start(String kafkaServers)
            throws IOException, ExecutionException, InterruptedException {
        for (LabInstance game : lab.instances()) {
            Selector selector = Selector.open();
            selectors.add(selector);
            List<@Nullable DatagramChannel> seen = new ArrayList<>();
            for (LabInstance peer : lab.instances()) {
                seen.add(peer.name().equals(game.name()) ? null : face(game, peer, selector));
            }
            faces.add(seen);
        }
        KafkaHops opened = KafkaHops.openWithLog(kafkaServers, faces.size(), this::leave);
        hops = opened;
        connections.start(opened::enter);
        for (int game = 0; game < faces.size(); game++) {
            int from = game;
            threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("kontor-bench-faces-" + (game + 1))
                            .start(() -> enter(from, opened)));
        }
    }

    private DatagramChannel face(LabInstance game, LabInstance peer, Selector selector)
            throws IOException {
        DatagramChannel face = DatagramChannel.open();
        face.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        face.bind(new InetSocketAddress(requireNonNull(game.peers().get(peer.name())), port));
        face.configureBlocking(false);
        face.register(selector, SelectionKey.OP_READ);
        return face;
    }

    private void enter(int game, KafkaHops into) {
        Selector selector = selectors.get(game);
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST_DATAGRAM);
        try {
            while (!closed) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    DatagramChannel face = (DatagramChannel) key.channel();
                    while (face.receive(buffer.clear()) != null) {
                        byte[] datagram = new byte[buffer.flip().remaining()];
                        buffer.get(datagram);
                        into.enter(game, datagram);
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            if (!closed) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void leave(int game, Stamp stamp, byte[] packet) {
        if (BareConnections.isPiece(stamp)) {
            connections.leave(game, stamp, packet);
            return;
        }
        try {
            requireNonNull(faces.get(game).get(stamp.from()))
                    .send(
                            ByteBuffer.wrap(packet),
                            new InetSocketAddress(lab.instances().get(game).address(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        selectors.forEach(Selector::wakeup);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (hops != null) {
            hops.close();
        }
        try {
            connections.close();
            for (List<@Nullable DatagramChannel> seen : faces) {
                for (DatagramChannel face : seen) {
                    if (face != null) {
                        face.close();
                    }
                }
            }
            for (Selector selector : selectors) {
                selector.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
