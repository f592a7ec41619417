package kontor.players.games;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import kontor.lab.LabInstance;
import kontor.players.directplay.SystemMessage;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one stand-in game. A TCP connection carries data one way only, from the side that
 * opened it; datagrams go from the game's own port to the same one of the others. All that passes
 * is entered in the ledger, in the order in which it passes.
 */
final class Wire implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Wire.class);

    private static final int LARGEST_READ = 65_536;
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final LabInstance instance;
    private final GamePorts ports;
    private final Ledger ledger;
    private final Sink sink;
    private final DatagramSocket datagrams;
    private final Map<InetAddress, InstanceName> behind = new HashMap<>();
    private final Map<InstanceName, Outgoing> outgoing = new HashMap<>();
    private final Map<InstanceName, Integer> opened = new HashMap<>();
    private final Map<InstanceName, Integer> accepted = new HashMap<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<AutoCloseable> listeners = ConcurrentHashMap.newKeySet();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private record Outgoing(Socket socket, Ledger.Stream stream) {}

    /** Takes what arrives; called from several threads, in order for each flow. */
    interface Sink {

        void onMessage(InstanceName from, SystemMessage message);

        void onDatagram(InstanceName from, int toPort, Bytes datagram);
    }

    /**
     * Listens when it returns.
     *
     * @param searchable whether session searches are heard too
     */
    Wire(LabInstance instance, GamePorts ports, boolean searchable, Ledger ledger, Sink sink)
            throws IOException {
        this.instance = instance;
        this.ports = ports;
        this.ledger = ledger;
        this.sink = sink;
        instance.peers().forEach((name, address) -> behind.put(address, name));
        this.datagrams = datagramSocket(ports.udp());
        listeners.add(datagrams);
        try {
            start(() -> receive(datagrams, ports.udp()));
            if (searchable) {
                DatagramSocket searches = datagramSocket(ports.search());
                listeners.add(searches);
                start(() -> receive(searches, ports.search()));
            }
            ServerSocket listener = new ServerSocket();
            listeners.add(listener);
            listener.bind(new InetSocketAddress(instance.address(), ports.tcp()), 256);
            start(() -> accept(listener));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private DatagramSocket datagramSocket(int port) throws IOException {
        DatagramSocket socket = new DatagramSocket(null);
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.bind(new InetSocketAddress(instance.address(), port));
        return socket;
    }

    /** Writes a message, into a connection that is opened with the first one. */
    void write(InstanceName to, int port, Bytes message) throws IOException {
        write(to, port, message, message);
    }

    /**
     * The same, of a message with addresses.
     *
     * @param asReceived what has to arrive
     */
    synchronized void write(InstanceName to, int port, Bytes message, Bytes asReceived)
            throws IOException {
        @Nullable Outgoing way = outgoing.get(to);
        if (way == null) {
            Socket socket = new Socket();
            sockets.add(socket);
            socket.bind(new InetSocketAddress(instance.address(), 0));
            socket.connect(new InetSocketAddress(face(to), port), CONNECT_TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            int ordinal = opened.merge(to, 1, Integer::sum) - 1;
            way = new Outgoing(socket, new Ledger.Stream(instance.name(), to, ordinal));
            outgoing.put(to, way);
        }
        ledger.wrote(way.stream, asReceived);
        way.socket.getOutputStream().write(message.toByteArray());
    }

    /** Sends a datagram from the game's own port. */
    synchronized void send(InstanceName to, Bytes datagram) throws IOException {
        send(datagrams, to, ports.udp(), datagram);
    }

    /**
     * Searches as a game does for which an address was typed: by a datagram from a port of its own,
     * and by a connection that may be refused.
     */
    synchronized void search(InstanceName at, Bytes message) throws IOException {
        try (DatagramSocket once = datagramSocket(0)) {
            send(once, at, ports.search(), message);
        }
        start(() -> {
            try (Socket second = new Socket()) {
                second.bind(new InetSocketAddress(instance.address(), 0));
                second.setSoTimeout(CONNECT_TIMEOUT_MILLIS);
                second.connect(new InetSocketAddress(face(at), ports.search()));
                log.debug("second try was accepted, and says {}", second.getInputStream().read());
            } catch (IOException e) {
                log.debug("second try was refused: {}", e.toString());
            }
        });
    }

    private void send(DatagramSocket from, InstanceName to, int port, Bytes datagram)
            throws IOException {
        ledger.sent(new Ledger.Port(instance.name(), to, port), datagram);
        byte[] bytes = datagram.toByteArray();
        from.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(face(to), port)));
    }

    /** Resets every connection and all counts. */
    synchronized void reset() throws IOException {
        for (Socket socket : sockets) {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
        sockets.clear();
        outgoing.clear();
    }

    /** Counts connections from 0 again; when the ledger has been checked. */
    synchronized void countAnew() {
        opened.clear();
        accepted.clear();
    }

    @Override
    public void close() {
        closed = true;
        try {
            reset();
            for (AutoCloseable listener : listeners) {
                listener.close();
            }
            // A socket's port is free only when nobody is inside of a call to it any more.
            for (Thread thread : threads) {
                thread.join(CLOSING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("{}: closing failed: {}", instance.name(), e.toString());
        }
    }

    private InetAddress face(InstanceName peer) {
        return requireNonNull(instance.peers().get(peer), () -> "no address for " + peer);
    }

    private void accept(ServerSocket listener) throws IOException {
        while (!closed) {
            Socket socket = listener.accept();
            @Nullable InstanceName from = behind.get(socket.getInetAddress());
            if (from == null) {
                socket.close();
                continue;
            }
            synchronized (this) {
                sockets.add(socket);
                int ordinal = accepted.merge(from, 1, Integer::sum) - 1;
                Ledger.Stream stream = new Ledger.Stream(from, instance.name(), ordinal);
                start(() -> read(socket, stream));
            }
        }
    }

    private void read(Socket socket, Ledger.Stream stream) throws IOException {
        byte[] buffer = new byte[LARGEST_READ];
        Bytes rest = Bytes.empty();
        InputStream in = socket.getInputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            rest = rest.plus(Bytes.owning(Arrays.copyOf(buffer, read)));
            while (rest.length() >= 4) {
                int size = SystemMessage.sizeOf(rest.slice(0, 4));
                if (size < 4 || size > rest.length()) {
                    break;
                }
                SystemMessage.of(rest.slice(0, size))
                        .ifPresent(message -> sink.onMessage(stream.from(), message));
                rest = rest.from(size);
            }
            ledger.read(stream, buffer, read);
        }
    }

    private void receive(DatagramSocket socket, int port) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST_READ], LARGEST_READ);
        while (!closed) {
            packet.setLength(LARGEST_READ);
            socket.receive(packet);
            @Nullable InstanceName from = behind.get(packet.getAddress());
            if (from != null) {
                Bytes datagram = Bytes.owning(Arrays.copyOf(packet.getData(), packet.getLength()));
                // First the answer, which is entered as sent, then the entry that this has come:
                // so all is settled only when nobody has anything to say any more.
                sink.onDatagram(from, port, datagram);
                ledger.received(new Ledger.Port(from, instance.name(), port), datagram);
            }
        }
    }

    private void start(Work work) {
        Runnable told =
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        log.debug("{}: a socket ends: {}", instance.name(), e.toString());
                    }
                };
        threads.removeIf(thread -> !thread.isAlive());
        threads.add(Thread.ofVirtual().name("kontor-game-" + instance.name()).start(told));
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
