package kontor.players.chaos;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import kontor.lab.LabInstance;
import kontor.vocabulary.Bytes;

/**
 * Datagrams that one game seems to send to another, numbered, each asked for once. One object is
 * one run.
 */
final class InjectedTraffic implements AutoCloseable {

    private static final long BEAT_MILLIS = 200;
    private static final int LARGEST = 1_000;

    private final Interception interception;
    private final LabInstance from;
    private final LabInstance to;
    private final int port;
    private final Duration patience;
    private final Consumer<String> refused;
    private final DatagramSocket socket;
    private final Thread sender;
    private final Thread reader;
    private final List<Bytes> received = new ArrayList<>();
    private volatile boolean stopping;
    private final AtomicLong asked = new AtomicLong();

    /**
     * Begins.
     *
     * @param patience so long nothing may arrive at the end before what is missing counts as lost
     * @param refused receives why some may not have been sent, each reason once in a row
     * @throws SocketException if the receiver's port is taken
     */
    InjectedTraffic(
            Interception interception,
            LabInstance from,
            LabInstance to,
            int port,
            Duration patience,
            Consumer<String> refused)
            throws SocketException {
        this.refused = refused;
        this.interception = interception;
        this.from = from;
        this.to = to;
        this.port = port;
        this.patience = patience;
        socket = new DatagramSocket(new InetSocketAddress(to.address(), port));
        reader = Thread.ofPlatform().daemon().name("kontor-injected-reader").unstarted(this::read);
        sender = Thread.ofPlatform().daemon().name("kontor-injected-sender").unstarted(this::send);
        reader.start();
        sender.start();
    }

    private void send() {
        String said = "";
        try {
            while (!stopping) {
                byte[] number =
                        ByteBuffer.allocate(Long.BYTES).putLong(asked.getAndIncrement()).array();
                try {
                    interception.inject(from.name(), to.name(), port, Bytes.copyOf(number));
                } catch (IOException e) {
                    // Who is asked is killed and suspended, too: the recording has the last word.
                    String reason = String.valueOf(e.getMessage());
                    if (!reason.equals(said)) {
                        said = reason;
                        refused.accept("Injections are not confirmed: " + reason);
                    }
                }
                TimeUnit.MILLISECONDS.sleep(BEAT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        try {
            while (true) {
                packet.setLength(LARGEST);
                socket.receive(packet);
                byte[] bytes = new byte[packet.getLength()];
                System.arraycopy(packet.getData(), 0, bytes, 0, bytes.length);
                synchronized (received) {
                    received.add(Bytes.copyOf(bytes));
                    received.notifyAll();
                }
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    /** Asks for no more. */
    void stop() throws InterruptedException {
        stopping = true;
        sender.join();
    }

    /** What has arrived, in its order, once so many have, or nothing came for its patience. */
    List<Bytes> received(int wanted) throws InterruptedException {
        synchronized (received) {
            int seen = -1;
            while (received.size() < wanted && received.size() != seen) {
                seen = received.size();
                received.wait(patience.toMillis());
            }
            return List.copyOf(received);
        }
    }

    @Override
    public void close() {
        stopping = true;
        socket.close();
    }
}
