package kontor.players.traffic;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import kontor.lab.LabInstance;

/** The sockets of the games of a run, and the threads that read from them. */
final class TrafficSockets {

    private static final int LARGEST_READ = 65_536;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final List<LabInstance> games;
    private final boolean direct;
    private final TrafficSettings settings;
    private final TrafficCount count;
    private final Map<Integer, DatagramSocket> datagramSockets = new HashMap<>();
    private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> readers = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /**
     * @param direct whether games reach each other past the lab
     * @param count receives all that arrives
     */
    TrafficSockets(
            List<LabInstance> games, boolean direct, TrafficSettings settings, TrafficCount count) {
        this.games = games;
        this.direct = direct;
        this.settings = settings;
        this.count = count;
    }

    /** Sends one packet to a game; blocks while its connection is full. */
    @FunctionalInterface
    interface Sender {
        void send(int to, byte[] packet, int size) throws IOException;
    }

    private InetSocketAddress reach(int from, int to) {
        InetAddress address =
                direct
                        ? games.get(to).address()
                        : requireNonNull(games.get(from).peers().get(games.get(to).name()));
        return new InetSocketAddress(address, settings.port());
    }

    /** After all games listen. */
    Sender sender(int from) throws IOException {
        return switch (settings.transport()) {
            case UDP -> udpSender(from);
            case TCP -> tcpSender(from);
        };
    }

    private Sender udpSender(int from) {
        DatagramSocket socket = requireNonNull(datagramSockets.get(from));
        return (to, packet, size) -> socket.send(new DatagramPacket(packet, size, reach(from, to)));
    }

    private Sender tcpSender(int from) throws IOException {
        Socket[] sockets = new Socket[games.size()];
        for (int to = 0; to < games.size(); to++) {
            if (to != from) {
                Socket socket = new Socket();
                open.add(socket);
                socket.bind(new InetSocketAddress(games.get(from).address(), 0));
                socket.connect(reach(from, to), CONNECT_TIMEOUT_MILLIS);
                socket.setTcpNoDelay(true);
                sockets[to] = socket;
            }
        }
        return (to, packet, size) -> sockets[to].getOutputStream().write(packet, 0, size);
    }

    /** Binds the game's sockets and reads from them. */
    void listen(int game) throws IOException {
        InetSocketAddress own = new InetSocketAddress(games.get(game).address(), settings.port());
        switch (settings.transport()) {
            case UDP -> {
                DatagramSocket socket = new DatagramSocket(null);
                open.add(socket);
                socket.setReceiveBufferSize(BUFFER_BYTES);
                socket.bind(own);
                datagramSockets.put(game, socket);
                reader("udp", () -> receive(game, socket));
            }
            case TCP -> {
                ServerSocket listener = new ServerSocket();
                open.add(listener);
                listener.bind(own, 64);
                reader(
                        "accept",
                        () -> {
                            while (!closed) {
                                Socket socket = listener.accept();
                                open.add(socket);
                                reader("tcp", () -> read(game, socket));
                            }
                        });
            }
        }
    }

    private void receive(int game, DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST_READ], LARGEST_READ);
        while (!closed) {
            packet.setLength(LARGEST_READ);
            socket.receive(packet);
            count.arrived(game, packet.getData(), 0, packet.getLength(), System.nanoTime());
        }
    }

    private void read(int game, Socket socket) throws IOException {
        byte[] buffer = new byte[2 * LARGEST_READ];
        int held = 0;
        InputStream in = socket.getInputStream();
        for (int read = in.read(buffer, 0, LARGEST_READ);
                read >= 0;
                read = in.read(buffer, held, buffer.length - held)) {
            long now = System.nanoTime();
            held += read;
            int at = 0;
            ByteBuffer view = ByteBuffer.wrap(buffer);
            while (held - at >= Stamp.LENGTH) {
                int size = Stamp.sizeAt(view, at);
                if (size < Stamp.LENGTH || size > LARGEST_READ) {
                    // The stream is spoilt from here on: there is no way to find the next packet.
                    count.problem(games.get(game).name() + ": a stream that makes no sense");
                    count.stranger();
                    return;
                }
                if (held - at < size) {
                    break;
                }
                count.arrived(game, buffer, at, size, now);
                at += size;
            }
            System.arraycopy(buffer, at, buffer, 0, held - at);
            held -= at;
        }
    }

    /** Closes all, and waits until nobody reads any more. */
    void close() throws InterruptedException {
        closed = true;
        for (AutoCloseable socket : open) {
            try {
                socket.close();
            } catch (Exception e) {
                count.problem("closing failed: " + e.getMessage());
            }
        }
        // A socket's port is free only when nobody is inside of a call to it any more.
        for (Thread reader : readers) {
            reader.join(CLOSING);
        }
    }

    private void reader(String role, Work work) {
        Runnable told =
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        if (!closed) {
                            count.problem("%s ended: %s".formatted(role, e.getMessage()));
                        }
                    }
                };
        readers.add(
                Thread.ofPlatform()
                        .daemon()
                        .name("kontor-traffic-%s-%d".formatted(role, readers.size() + 1))
                        .start(told));
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
