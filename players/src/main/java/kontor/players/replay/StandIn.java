package kontor.players.replay;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import kontor.lab.LabInstance;
import kontor.players.replay.Plan.Cause;
import kontor.players.replay.Plan.Link;
import kontor.players.replay.Plan.Step;
import kontor.players.replay.Plan.Way;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * Plays one game of a capture: holds its sockets, notes on the board what arrives at them, and
 * takes one step of the script after the other, on the caller's thread.
 */
final class StandIn implements AutoCloseable {

    private static final int LARGEST_READ = 65_536;
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    private final LabInstance instance;
    private final Plan plan;
    private final Board board;
    private final Duration patience;
    private final Map<InetAddress, InstanceName> behind = new HashMap<>();
    private final Map<Integer, DatagramSocket> datagramSockets = new HashMap<>();
    private final Map<Link, Socket> sockets = new ConcurrentHashMap<>();
    private final Map<Link, Long> written = new HashMap<>();
    private final Set<Object> givenUp = ConcurrentHashMap.newKeySet();
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    StandIn(LabInstance instance, Plan plan, Board board, Duration patience) {
        this.instance = instance;
        this.plan = plan;
        this.board = board;
        this.patience = patience;
        instance.peers().forEach((name, address) -> behind.put(address, name));
    }

    /** Listens on every port that the game has in the plan. */
    void listen() throws IOException {
        Set<Integer> tcp = new TreeSet<>();
        Set<Integer> refusedFirst = new TreeSet<>();
        for (Link link : plan.links()) {
            if (link.target().equals(name())) {
                if (!link.refused()) {
                    tcp.add(link.targetPort());
                } else if (!tcp.contains(link.targetPort())) {
                    refusedFirst.add(link.targetPort());
                }
            }
        }
        for (int port : tcp) {
            if (refusedFirst.contains(port)) {
                inBackground("listen-later", () -> listenAfterRefusals(port));
            } else {
                listen(port);
            }
        }
        Set<Integer> udp = new TreeSet<>();
        for (Way way : plan.ways()) {
            if (way.from().equals(name())) {
                udp.add(way.fromPort());
            }
            if (way.to().equals(name())) {
                udp.add(way.toPort());
            }
        }
        for (int port : udp) {
            receive(port);
        }
    }

    private InstanceName name() {
        return instance.name();
    }

    private void listenAfterRefusals(int port) throws IOException, InterruptedException {
        List<Link> refusals =
                plan.links().stream()
                        .filter(Link::refused)
                        .filter(l -> l.target().equals(name()) && l.targetPort() == port)
                        .toList();
        board.await(() -> closed || refusals.stream().allMatch(board::wasRefused), patience);
        if (!closed) {
            listen(port);
        }
    }

    private void listen(int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        open.add(listener);
        listener.bind(new InetSocketAddress(instance.address(), port), 256);
        List<Link> possible =
                plan.links().stream()
                        .filter(l -> l.target().equals(name()) && l.targetPort() == port)
                        .filter(l -> !l.refused())
                        .toList();
        inBackground(
                "accept",
                () -> {
                    while (!closed) {
                        accept(listener.accept(), possible);
                    }
                });
    }

    private void accept(Socket socket, List<Link> possible) throws IOException {
        open.add(socket);
        @Nullable InstanceName from = behind.get(socket.getInetAddress());
        @Nullable Link link =
                board.accept(
                        possible.stream().filter(l -> l.opener().equals(from)).toList(),
                        socket.getPort());
        if (link == null) {
            board.stranger(
                    "%s: a connection from %s to port %d"
                            .formatted(
                                    name(),
                                    socket.getRemoteSocketAddress(),
                                    socket.getLocalPort()));
            socket.close();
        } else {
            connected(link, socket);
        }
    }

    private void connected(Link link, Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        sockets.put(link, socket);
        board.connected(link, name());
        inBackground("read", () -> read(link, socket));
    }

    private void read(Link link, Socket socket) {
        byte[] buffer = new byte[LARGEST_READ];
        try {
            InputStream in = socket.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                board.arrived(link, name(), buffer, read);
            }
            board.finished(link, name());
        } catch (IOException e) {
            if (!closed) {
                board.reset(link, name());
            }
        }
    }

    private void receive(int port) throws IOException {
        DatagramSocket socket = new DatagramSocket(null);
        open.add(socket);
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.bind(new InetSocketAddress(instance.address(), port));
        datagramSockets.put(port, socket);
        inBackground(
                "receive",
                () -> {
                    DatagramPacket packet =
                            new DatagramPacket(new byte[LARGEST_READ], LARGEST_READ);
                    while (!closed) {
                        packet.setLength(LARGEST_READ);
                        socket.receive(packet);
                        arrived(packet, port);
                    }
                });
    }

    private void arrived(DatagramPacket packet, int port) {
        @Nullable InstanceName from = behind.get(packet.getAddress());
        Bytes payload = Bytes.owning(Arrays.copyOf(packet.getData(), packet.getLength()));
        plan.ways().stream()
                .filter(way -> way.to().equals(name()) && way.toPort() == port)
                .filter(way -> way.from().equals(from) && way.fromPort() == packet.getPort())
                .findFirst()
                .ifPresentOrElse(
                        way -> board.arrived(way, payload),
                        () ->
                                board.stranger(
                                        "%s: a datagram from %s to port %d"
                                                .formatted(
                                                        name(), packet.getSocketAddress(), port)));
    }

    /** Waits for what the step's game had seen before it, then takes it. */
    void take(Step step) throws InterruptedException {
        for (Cause cause : step.causes()) {
            Object way = waitedFor(cause);
            if (!givenUp.contains(way)
                    && !board.await(() -> board.happened(cause, name()), patience)) {
                // What is lost stays lost: no second wait for more of the same.
                givenUp.add(way);
                board.problem("%s: waited in vain for %s".formatted(name(), describe(cause)));
            }
        }
        try {
            switch (step) {
                case Step.Open open -> open(open.link());
                case Step.Write write -> {
                    written.merge(write.link(), (long) write.payload().length(), Long::sum);
                    socket(write.link()).getOutputStream().write(write.payload().toByteArray());
                }
                case Step.Finish finish -> socket(finish.link()).shutdownOutput();
                case Step.Reset reset -> reset(reset.link());
                case Step.Send send -> send(send);
                case Step.Broadcast all ->
                        send(
                                all.fromPort(),
                                instance.broadcast().orElseThrow(),
                                all.toPort(),
                                all.payload());
            }
        } catch (IOException e) {
            if (!afterReset(step)) {
                board.problem("failed: %s: %s".formatted(describe(name(), step), e.getMessage()));
            }
        }
    }

    static String describe(InstanceName name, Step step) {
        return switch (step) {
            case Step.Open o ->
                    "%s opens a connection to port %d of %s"
                            .formatted(name, o.link().targetPort(), o.link().target());
            case Step.Write w -> "%s writes %d bytes".formatted(name, w.payload().length());
            case Step.Finish _ -> "%s ends a stream".formatted(name);
            case Step.Reset _ -> "%s resets a connection".formatted(name);
            case Step.Send s ->
                    "%s sends a datagram of %d bytes".formatted(name, s.payload().length());
            case Step.Broadcast b ->
                    "%s broadcasts a datagram of %d bytes".formatted(name, b.payload().length());
        };
    }

    private static String describe(Cause cause) {
        return switch (cause) {
            case Cause.Accepted a -> "a connection from " + a.link().opener();
            case Cause.BytesArrived b ->
                    "byte %d in the connection from %s".formatted(b.count(), b.link().opener());
            case Cause.DatagramsArrived d ->
                    "datagram %d from %s".formatted(d.count(), d.way().from());
            case Cause.ResetArrived r ->
                    "a reset of the connection from %s".formatted(r.link().opener());
        };
    }

    private static Object waitedFor(Cause cause) {
        return switch (cause) {
            case Cause.Accepted accepted -> accepted.link();
            case Cause.BytesArrived arrived -> arrived.link();
            case Cause.DatagramsArrived arrived -> arrived.way();
            case Cause.ResetArrived arrived -> arrived.link();
        };
    }

    /** In the capture a relay may have kept an end open that in the lab is closed by now. */
    private boolean afterReset(Step step) {
        @Nullable Link link =
                switch (step) {
                    case Step.Write write -> write.link();
                    case Step.Finish finish -> finish.link();
                    case Step.Reset reset -> reset.link();
                    case Step.Open _, Step.Send _, Step.Broadcast _ -> null;
                };
        return link != null && plan.resets(link, link.other(name()));
    }

    private Socket socket(Link link) throws IOException {
        @Nullable Socket socket = sockets.get(link);
        if (socket == null) {
            throw new SocketException("the connection never came about");
        }
        return socket;
    }

    private void open(Link link) throws IOException, InterruptedException {
        Socket socket = bound(link.openerPort());
        open.add(socket);
        board.opening(link, socket.getLocalPort());
        InetAddress face = requireNonNull(instance.peers().get(link.target()));
        try {
            socket.connect(new InetSocketAddress(face, link.targetPort()), CONNECT_TIMEOUT_MILLIS);
            connected(link, socket);
        } catch (SocketException e) {
            if (!link.refused()) {
                throw e;
            }
            board.refused(link);
            return;
        }
        if (link.refused()
                // A relay cannot know before it has accepted: then the refusal is a reset.
                && board.await(() -> board.seen(link, name()).reset(), patience)) {
            board.refused(link);
        }
    }

    private Socket bound(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        try {
            socket.bind(new InetSocketAddress(instance.address(), port));
        } catch (IOException e) {
            // The recorded port is taken; nothing depends on it but looks.
            socket.bind(new InetSocketAddress(instance.address(), 0));
        }
        return socket;
    }

    private void reset(Link link) throws IOException, InterruptedException {
        Socket socket = socket(link);
        InstanceName other = link.other(name());
        // A reset throws away what is still on its way; in the capture all had arrived by then.
        long mustReach = Math.min(written.getOrDefault(link, 0L), link.mustReach(other));
        if (!givenUp.contains(link)) {
            board.await(
                    () ->
                            board.seen(link, other).bytes() >= mustReach
                                    || board.seen(link, name()).reset(),
                    patience);
        }
        board.resetsItself(link, name());
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private void send(Step.Send send) throws IOException {
        Way way = send.way();
        InetAddress face = requireNonNull(instance.peers().get(way.to()));
        send(way.fromPort(), face, way.toPort(), send.payload());
    }

    private void send(int fromPort, InetAddress to, int toPort, Bytes payload) throws IOException {
        byte[] bytes = payload.toByteArray();
        requireNonNull(datagramSockets.get(fromPort))
                .send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(to, toPort)));
    }

    @Override
    public void close() {
        closed = true;
        for (AutoCloseable socket : open) {
            try {
                socket.close();
            } catch (Exception e) {
                board.problem("%s: closing failed: %s".formatted(name(), e.getMessage()));
            }
        }
        // A socket's port is free only when nobody is inside of a call to it any more.
        for (Thread thread : threads) {
            try {
                thread.join(CLOSING);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void inBackground(String role, Work work) {
        Runnable told =
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        if (!closed) {
                            board.problem(
                                    "%s: %s ended: %s".formatted(name(), role, e.getMessage()));
                        }
                    }
                };
        threads.add(
                Thread.ofVirtual().name("kontor-replay-%s-%s".formatted(name(), role)).start(told));
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
