package kontor.players.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import kontor.lab.Lab;
import kontor.lab.LabInstance;
import kontor.players.traffic.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * The TCP side of a bare lab. What a game writes goes onto the hops in pieces as they are read;
 * what comes from the hops is written into a connection to the other game. Carries one connection
 * at a time from each game to each other, and bytes only in the direction in which it was opened.
 */
final class BareConnections implements AutoCloseable {

    /** As much as an adapter reads at once. */
    private static final int PIECE_BYTES = 64 * 1024;

    /**
     * Pieces of all connections that are on the hops at once: 4 MiB, several times what a flow has
     * under way in a lab, and little beside what it carries in a second.
     */
    private static final int PIECES_UNDER_WAY = 64;

    /** Packets count from 0. */
    private static final long NUMBER_OF_PIECES = -1;

    private final Lab lab;
    private final int port;
    private final ExecutorService accepting = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final Semaphore free = new Semaphore(PIECES_UNDER_WAY);

    /** By game that is reached, and by the game that opened the connection. */
    private final @Nullable Socket[][] leaving;

    /** Takes what is to go over the hops. */
    @FunctionalInterface
    interface Entry {
        void enter(int game, byte[] piece);
    }

    BareConnections(Lab lab, int port) {
        this.lab = lab;
        this.port = port;
        this.leaving = new Socket[lab.instances().size()][lab.instances().size()];
    }

    /** Whether it is a piece of a connection that bears this stamp. */
    static boolean isPiece(Stamp stamp) {
        return stamp.number() == NUMBER_OF_PIECES;
    }

    /**
     * Accepts connections when it returns.
     *
     * @throws IOException if an address cannot be bound
     */
    void start(Entry entry) throws IOException {
        for (int from = 0; from < leaving.length; from++) {
            for (int to = 0; to < leaving.length; to++) {
                if (from != to) {
                    accept(from, to, entry);
                }
            }
        }
    }

    private void accept(int from, int to, Entry entry) throws IOException {
        LabInstance peer = lab.instances().get(to);
        ServerSocket listener = new ServerSocket();
        listeners.add(listener);
        listener.setReuseAddress(true);
        listener.bind(
                new InetSocketAddress(
                        requireNonNull(lab.instances().get(from).peers().get(peer.name())), port));
        accepting.execute(() -> {
            while (!listener.isClosed()) {
                try (Socket accepted = listener.accept()) {
                    read(accepted.getInputStream(), from, to, entry);
                } catch (IOException e) {
                    if (!listener.isClosed()) {
                        throw new UncheckedIOException(e);
                    }
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
    }

    private void read(InputStream in, int from, int to, Entry entry)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[PIECE_BYTES];
        send(from, to, buffer, 0, entry);
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
            send(from, to, buffer, read, entry);
        }
        send(from, to, buffer, 0, entry);
    }

    private void send(int from, int to, byte[] bytes, int length, Entry entry)
            throws InterruptedException {
        free.acquire();
        byte[] piece = new byte[Stamp.LENGTH + length];
        new Stamp(from, to, NUMBER_OF_PIECES, System.nanoTime()).writeTo(piece, Stamp.LENGTH);
        System.arraycopy(bytes, 0, piece, Stamp.LENGTH, length);
        entry.enter(from, piece);
    }

    /** Writes a piece into its connection, which an empty one opens and another empty one ends. */
    void leave(int game, Stamp stamp, byte[] piece) {
        free.release();
        try {
            @Nullable Socket connection = leaving[game][stamp.from()];
            if (connection == null) {
                leaving[game][stamp.from()] = new Socket(lab.instances().get(game).address(), port);
            } else if (piece.length > Stamp.LENGTH) {
                connection
                        .getOutputStream()
                        .write(piece, Stamp.LENGTH, piece.length - Stamp.LENGTH);
            } else {
                leaving[game][stamp.from()] = null;
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To be called once nothing comes from the hops any more. */
    @Override
    public void close() throws IOException {
        for (ServerSocket listener : listeners) {
            listener.close();
        }
        accepting.shutdownNow();
        for (@Nullable Socket[] connections : leaving) {
            for (@Nullable Socket connection : connections) {
                if (connection != null) {
                    connection.close();
                }
            }
        }
    }
}
