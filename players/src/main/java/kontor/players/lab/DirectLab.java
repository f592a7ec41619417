package kontor.players.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.players.lab.Fault.Transport;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds all peer addresses of a lab and passes on what comes there, at once and in the same
 * process: what adapters, log and orchestrator do together, without any of them. Carries TCP with
 * half-close, reset and refusal, and UDP with the sender's port, to one and to all. Commits the
 * faults it is given, so that checkers can be seen to find them.
 */
public final class DirectLab implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DirectLab.class);

    private static final int LARGEST_READ = 65_536;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private final Lab lab;
    private final List<Fault> faults;
    private final AtomicLong pieces = new AtomicLong();
    private final AtomicLong datagrams = new AtomicLong();
    private final Map<Face, DatagramChannel> faces = new ConcurrentHashMap<>();
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private DirectLab(Lab lab, List<Fault> faults) {
        this.lab = lab;
        this.faults = faults;
    }

    /**
     * Listens when it returns.
     *
     * @throws IOException if an address cannot be bound; nothing stays open then
     */
    public static DirectLab start(Lab lab, Fault... faults) throws IOException {
        DirectLab direct = new DirectLab(lab, List.of(faults));
        try {
            for (LabInstance game : lab.instances()) {
                for (InstanceName peer : game.peers().keySet()) {
                    for (int port : lab.tcpPorts().stream().toArray()) {
                        direct.listen(game, peer, port);
                    }
                    for (int port : lab.udpPorts().stream().toArray()) {
                        direct.face(new Face(game.name(), peer, port));
                    }
                }
                if (game.broadcastOrNull() != null) {
                    for (int port : lab.udpPorts().stream().toArray()) {
                        direct.listenForBroadcasts(game, game.broadcastOrNull(), port);
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            direct.close();
            throw e;
        }
        return direct;
    }

    /** Stops listening and resets what is open. */
    @Override
    public void close() {
        closed = true;
        open.forEach(DirectLab::closeQuietly);
        // A socket's port is free only when nobody is inside of a call to it any more.
        for (Thread thread : threads) {
            try {
                thread.join(CLOSING);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void listen(LabInstance game, InstanceName peer, int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        open.add(listener);
        listener.bind(new InetSocketAddress(peerAddress(game, peer), port), 256);
        start(() -> {
            while (!closed) {
                Socket fromGame = listener.accept();
                open.add(fromGame);
                start(() -> connect(fromGame, game, lab.instance(peer), port));
            }
        });
    }

    private void connect(Socket fromGame, LabInstance game, LabInstance target, int port)
            throws IOException {
        Socket toTarget = new Socket();
        open.add(toTarget);
        try {
            InetAddress from = peerAddress(target, game.name());
            toTarget.setReuseAddress(true);
            try {
                toTarget.bind(new InetSocketAddress(from, fromGame.getPort()));
            } catch (IOException e) {
                log.debug("port {} is taken, using another: {}", fromGame.getPort(), e.toString());
                toTarget.bind(new InetSocketAddress(from, 0));
            }
            toTarget.connect(new InetSocketAddress(target.address(), port), CONNECT_TIMEOUT_MILLIS);
        } catch (IOException e) {
            reset(fromGame);
            closeQuietly(toTarget);
            return;
        }
        start(() -> pump(fromGame, toTarget));
        start(() -> pump(toTarget, fromGame));
    }

    private void pump(Socket from, Socket to) {
        FaultyWay way = new FaultyWay(Transport.TCP, faults, pieces);
        byte[] buffer = new byte[LARGEST_READ];
        try {
            from.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Bytes piece = Bytes.owning(Arrays.copyOf(buffer, read));
                for (Bytes out : way.carry(piece)) {
                    to.getOutputStream().write(out.toByteArray());
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(to);
            reset(from);
        }
    }

    private DatagramChannel face(Face face) throws IOException {
        DatagramChannel there = faces.get(face);
        return there != null ? there : openFace(face);
    }

    private synchronized DatagramChannel openFace(Face face) throws IOException {
        DatagramChannel there = faces.get(face);
        if (there != null) {
            return there;
        }
        LabInstance game = lab.instance(face.game);
        DatagramChannel channel = DatagramChannel.open();
        open.add(channel);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        channel.bind(new InetSocketAddress(peerAddress(game, face.peer), face.port));
        faces.put(face, channel);
        start(() -> forward(face, channel, game));
        return channel;
    }

    private void forward(Face face, DatagramChannel channel, LabInstance game) throws IOException {
        LabInstance target = lab.instance(face.peer);
        InetSocketAddress to = new InetSocketAddress(target.address(), face.port);
        FaultyWay way = new FaultyWay(Transport.UDP, faults, datagrams);
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST_READ);
        while (!closed) {
            buffer.clear();
            InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
            if (from == null || !from.getAddress().equals(game.address())) {
                continue;
            }
            byte[] payload = new byte[buffer.flip().remaining()];
            buffer.get(payload);
            DatagramChannel out = face(new Face(target.name(), game.name(), from.getPort()));
            for (Bytes datagram : way.carry(Bytes.owning(payload))) {
                out.send(datagram.asByteBuffer(), to);
            }
        }
    }

    private void listenForBroadcasts(LabInstance game, InetAddress broadcast, int port)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        open.add(channel);
        channel.bind(new InetSocketAddress(broadcast, port));
        FaultyWay way = new FaultyWay(Transport.UDP, faults, datagrams);
        start(() -> {
            ByteBuffer buffer = ByteBuffer.allocate(LARGEST_READ);
            while (!closed) {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                if (from == null || !from.getAddress().equals(game.address())) {
                    continue;
                }
                byte[] payload = new byte[buffer.flip().remaining()];
                buffer.get(payload);
                for (Bytes datagram : way.carry(Bytes.owning(payload))) {
                    for (InstanceName other : game.peers().keySet()) {
                        face(new Face(other, game.name(), from.getPort()))
                                .send(
                                        datagram.asByteBuffer(),
                                        new InetSocketAddress(lab.instance(other).address(), port));
                    }
                }
            }
        });
    }

    private static InetAddress peerAddress(LabInstance game, InstanceName peer) {
        return Objects.requireNonNull(game.peers().get(peer));
    }

    private void start(Work work) {
        Runnable told =
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        if (!closed) {
                            log.debug("a way through the lab ends: {}", e.toString());
                        }
                    }
                };
        threads.add(Thread.ofVirtual().name("kontor-direct-lab-" + threads.size()).start(told));
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            log.debug("already closed: {}", e.toString());
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            log.debug("closing failed: {}", e.toString());
        }
    }

    /** The peer's address in the network of {@code game}, and a port there. */
    private record Face(InstanceName game, InstanceName peer, int port) {}

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
