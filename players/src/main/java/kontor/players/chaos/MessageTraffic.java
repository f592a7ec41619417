package kontor.players.chaos;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import kontor.lab.LabInstance;
import kontor.players.directplay.SystemMessages;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Messages of DirectPlay on a TCP connection from one game to another: pings and answers in turn,
 * numbered. Each write ends in the middle of a message, so that at any moment half of one has
 * arrived at the lab. Every byte that comes is compared with what has to come. One object is one
 * run.
 */
final class MessageTraffic implements AutoCloseable {

    private static final long BEAT_MILLIS = 50;
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    private final SystemMessages messages;
    private final UnaryOperator<Bytes> pingArrivesAs;
    private final ServerSocket listener;
    private final Socket out;
    private final Thread sender;
    private final Thread reader;
    private final long patienceNanos;
    private volatile boolean stopping;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private volatile @Nullable String problem;

    /**
     * Connects and begins.
     *
     * @param port on which the receiver listens; the lab must carry it
     * @param pingArrivesAs what the receiver has to see of a ping
     * @param patience so long nothing may arrive at the end before what is missing counts as lost
     * @throws IOException if there is no connection
     */
    MessageTraffic(
            LabInstance from,
            LabInstance to,
            int port,
            UnaryOperator<Bytes> pingArrivesAs,
            Duration patience)
            throws IOException {
        this.messages = new SystemMessages(port);
        this.pingArrivesAs = pingArrivesAs;
        this.patienceNanos = patience.toNanos();
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(to.address(), port));
        out = new Socket();
        out.bind(new InetSocketAddress(from.address(), 0));
        out.connect(
                new InetSocketAddress(requireNonNull(from.peers().get(to.name())), port),
                CONNECT_TIMEOUT_MILLIS);
        out.setTcpNoDelay(true);
        reader = Thread.ofPlatform().daemon().name("kontor-messages-reader").unstarted(this::read);
        sender = Thread.ofPlatform().daemon().name("kontor-messages-sender").unstarted(this::send);
        reader.start();
        sender.start();
    }

    private Bytes message(long number) {
        return number % 2 == 0
                ? messages.ping(1, (int) number)
                : messages.pingReply(1, (int) number);
    }

    private Bytes expected(long number) {
        Bytes message = message(number);
        return number % 2 == 0 ? pingArrivesAs.apply(message) : message;
    }

    private void send() {
        try {
            Bytes rest = Bytes.empty();
            while (!stopping) {
                Bytes message = message(sent.get());
                int half = message.length() / 2;
                out.getOutputStream().write(rest.plus(message.slice(0, half)).toByteArray());
                rest = message.from(half);
                sent.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(BEAT_MILLIS);
            }
            out.getOutputStream().write(rest.toByteArray());
        } catch (IOException e) {
            problem("a message could not be sent: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (Socket socket = listener.accept()) {
            InputStream in = socket.getInputStream();
            while (true) {
                byte[] wanted = expected(received.get()).toByteArray();
                byte[] came = in.readNBytes(wanted.length);
                if (came.length < wanted.length) {
                    if (came.length > 0 || !stopping) {
                        problem("the stream ended in message %d".formatted(received.get()));
                    }
                    return;
                }
                if (!Bytes.copyOf(came).equals(Bytes.copyOf(wanted))) {
                    problem(
                            "message %d arrived as %s, not as %s"
                                    .formatted(
                                            received.get(),
                                            Bytes.copyOf(came),
                                            Bytes.copyOf(wanted)));
                    // Nothing more can be said of the rest; the sender is not to notice.
                    in.transferTo(OutputStream.nullOutputStream());
                    return;
                }
                received.incrementAndGet();
            }
        } catch (IOException e) {
            if (!stopping) {
                problem("the stream broke off: " + e.getMessage());
            }
        }
    }

    private void problem(String what) {
        if (problem == null) {
            problem = what;
        }
    }

    /** Sends no more, and waits for what is under way. */
    void finish() throws InterruptedException {
        stopping = true;
        sender.join(TimeUnit.NANOSECONDS.toMillis(patienceNanos));
        long seen = -1;
        long deadline = System.nanoTime() + patienceNanos;
        while (received.get() < sent.get() && problem == null && System.nanoTime() < deadline) {
            if (received.get() != seen) {
                seen = received.get();
                deadline = System.nanoTime() + patienceNanos;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        if (received.get() != sent.get()) {
            problem("%d of %d messages arrived".formatted(received.get(), sent.get()));
        }
    }

    long sent() {
        return sent.get();
    }

    long received() {
        return received.get();
    }

    /** What went wrong first. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        out.close();
        listener.close();
    }
}
