package kontor.players.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A game that writes into one connection as fast as it is let, and one that reads and checks every
 * byte. One object is one transfer.
 */
final class BulkFlow implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    private final Socket writing = new Socket();
    private final Socket reading;
    private final ExecutorService games = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final Future<Long> writer;
    private final Future<Boolean> reader;
    private volatile boolean stopping;
    private volatile long mostUnderWay;

    /**
     * Begins at once.
     *
     * @param from the address of the game that writes
     * @param peer where that game sees the one that reads
     * @param listener of the game that reads
     */
    BulkFlow(InetAddress from, InetSocketAddress peer, ServerSocket listener) throws IOException {
        writing.bind(new InetSocketAddress(from, 0));
        writing.connect(peer, CONNECT_TIMEOUT_MILLIS);
        reading = listener.accept();
        writer = games.submit(this::write);
        reader = games.submit(this::read);
    }

    /** Bytes that have arrived so far. */
    long arrived() {
        return read.get();
    }

    /** Most bytes that were written and had not arrived, the kernels' buffers included. */
    long mostUnderWay() {
        return mostUnderWay;
    }

    /** No more is written. */
    void stop() {
        stopping = true;
    }

    /** How long the writer was held back at most; to be asked after {@link #finish}. */
    Duration longestPause() throws InterruptedException, ExecutionException {
        return Duration.ofNanos(writer.get());
    }

    /**
     * Waits for the last byte.
     *
     * @return whether every byte arrived, in order, once
     */
    boolean finish(Duration patience) throws InterruptedException, ExecutionException {
        stop();
        try {
            writer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            long seen = -1;
            while (true) {
                try {
                    return reader.get(patience.toMillis(), TimeUnit.MILLISECONDS)
                            && read.get() == written.get();
                } catch (TimeoutException e) {
                    if (read.get() == seen) {
                        throw e;
                    }
                    seen = read.get();
                }
            }
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Returns the longest time that one write took. */
    private long write() throws IOException {
        OutputStream out = writing.getOutputStream();
        byte[] chunk = new byte[CHUNK];
        ByteBuffer view = ByteBuffer.wrap(chunk);
        long longest = 0;
        while (!stopping) {
            fill(view, written.get());
            long before = System.nanoTime();
            out.write(chunk);
            longest = Math.max(longest, System.nanoTime() - before);
            long underWay = written.addAndGet(CHUNK) - read.get();
            mostUnderWay = Math.max(mostUnderWay, underWay);
        }
        writing.shutdownOutput();
        return longest;
    }

    private static void fill(ByteBuffer chunk, long position) {
        for (int at = 0; at < CHUNK; at += Long.BYTES) {
            chunk.putLong(at, position + at);
        }
    }

    private boolean read() throws IOException {
        InputStream in = reading.getInputStream();
        byte[] chunk = new byte[CHUNK];
        ByteBuffer view = ByteBuffer.wrap(chunk);
        boolean right = true;
        for (int held = in.readNBytes(chunk, 0, CHUNK);
                held > 0;
                held = in.readNBytes(chunk, 0, CHUNK)) {
            for (int at = 0; at + Long.BYTES <= held; at += Long.BYTES) {
                right &= view.getLong(at) == read.get() + at;
            }
            read.addAndGet(held);
        }
        return right;
    }

    @Override
    public void close() throws IOException {
        stop();
        writing.close();
        reading.close();
        games.close();
    }
}
