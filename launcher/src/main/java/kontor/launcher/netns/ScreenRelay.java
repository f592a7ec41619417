package kontor.launcher.netns;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kontor.launcher.plan.GameNetworks;

/**
 * Carries a game's screen out of the game's network namespace, byte for byte: a connection to an
 * address here is joined to one to the same port of the namespace's own loopback. Where nothing
 * listens there it is closed.
 *
 * <p>So the X server can be one tree of processes with the game, all of it in one namespace, and
 * what looks at it is outside. Each viewer has a process in the namespace, and two threads.
 */
public final class ScreenRelay implements AutoCloseable {

    /** Of bash, which can open connections by itself; what it copies with is everywhere. */
    private static final String CONNECTED =
            "exec 3<>\"/dev/tcp/127.0.0.1/$0\" && { cat <&3 & exec cat >&3; }";

    private static final int BUFFER = 1 << 16;

    private final ServerSocket listener;
    private final List<String> within;
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();

    private ScreenRelay(ServerSocket listener, List<String> within) {
        this.listener = listener;
        this.within = within;
    }

    /**
     * Returns when it listens.
     *
     * @param address of loopback
     * @throws IOException if it is in use
     */
    public static ScreenRelay open(InetSocketAddress address, String namespace) throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(address);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        ScreenRelay relay = new ScreenRelay(listener, GameNetworks.within(namespace));
        thread("kontor-screen-" + address.getPort(), relay::accept);
        return relay;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                try {
                    connect(socket);
                } catch (IOException e) {
                    socket.close();
                }
            } catch (IOException e) {
                // Closed, or one that did not wait for us.
            }
        }
    }

    private void connect(Socket socket) throws IOException {
        List<String> words = new ArrayList<>(within);
        words.addAll(List.of("bash", "-c", CONNECTED, Integer.toString(listener.getLocalPort())));
        Process inside =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Viewer viewer = new Viewer(socket, inside);
        viewers.add(viewer);
        String name = "kontor-viewer-" + inside.pid();
        thread(name + "-out", () -> carry(viewer, inside::getInputStream, socket::getOutputStream));
        thread(name + "-in", () -> carry(viewer, socket::getInputStream, inside::getOutputStream));
        if (listener.isClosed()) {
            end(viewer);
        }
    }

    @FunctionalInterface
    private interface Opened<T> {
        T open() throws IOException;
    }

    /** To the end of one side; then both are closed. */
    private void carry(Viewer viewer, Opened<InputStream> from, Opened<OutputStream> to) {
        try {
            InputStream input = from.open();
            OutputStream output = to.open();
            byte[] buffer = new byte[BUFFER];
            for (int n = input.read(buffer); n >= 0; n = input.read(buffer)) {
                output.write(buffer, 0, n);
                output.flush();
            }
        } catch (IOException e) {
            // As its end.
        } finally {
            end(viewer);
        }
    }

    private void end(Viewer viewer) {
        if (viewers.remove(viewer)) {
            viewer.close();
        }
    }

    private static void thread(String name, Runnable work) {
        Thread.ofPlatform().name(name).daemon().start(work);
    }

    /** Ends all connections. */
    @Override
    public void close() throws IOException {
        listener.close();
        viewers.forEach(this::end);
    }

    private record Viewer(Socket socket, Process inside) {

        void close() {
            // Of the two that copy only one is the process that was started.
            inside.descendants().forEach(ProcessHandle::destroyForcibly);
            inside.destroyForcibly();
            try {
                socket.close();
            } catch (IOException e) {
                // It is of no use any more.
            }
        }
    }
}
