package kontor.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Stands between a browser and the gateway's live stream. While it is shut, a browser gets the head
 * of the gateway's answer, and thus takes the stream for open, but nothing of what follows.
 */
final class StreamGate implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String ID = "\nid:";

    private final URI gateway;
    private final ServerSocket server;
    private final AtomicInteger withheld = new AtomicInteger();
    private volatile boolean shut = true;

    StreamGate(URI gateway) throws IOException {
        this.gateway = gateway;
        server = new ServerSocket(0, 10, InetAddress.ofLiteral(gateway.getHost()));
        Thread.ofVirtual().name("kontor-gate").start(this::accept);
    }

    /** The same address by way of the gate. */
    String through(String address) {
        URI wanted = URI.create(address);
        return "http://%s:%d%s?%s"
                .formatted(
                        wanted.getHost(),
                        server.getLocalPort(),
                        wanted.getRawPath(),
                        wanted.getRawQuery());
    }

    /** Waits until a stream has brought an event with its id, and the browser has not got it. */
    void awaitWithheld(int streams) {
        Awaitility.await("streams with an id")
                .atMost(PATIENCE)
                .until(() -> withheld.get() >= streams);
    }

    /** From now on streams pass as a whole. */
    void open() {
        shut = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket browser = server.accept();
                Thread.ofVirtual().name("kontor-gate-stream").start(() -> carry(browser));
            } catch (IOException e) {
                // Closed, or a browser that was gone before it was accepted.
            }
        }
    }

    private void carry(Socket browser) {
        boolean withholds = shut;
        try (browser;
                Socket upstream = new Socket()) {
            upstream.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
            Thread.ofVirtual().name("kontor-gate-request").start(() -> request(browser, upstream));
            if (withholds) {
                headOnly(upstream.getInputStream(), browser.getOutputStream());
            } else {
                upstream.getInputStream().transferTo(browser.getOutputStream());
            }
        } catch (IOException e) {
            // The gateway is not there, or one side left: both connections are closed.
        }
    }

    private static void request(Socket browser, Socket upstream) {
        try {
            browser.getInputStream().transferTo(upstream.getOutputStream());
            upstream.close();
        } catch (IOException e) {
            // The other direction notices it too.
        }
    }

    private void headOnly(InputStream from, OutputStream to) throws IOException {
        StringBuilder seen = new StringBuilder();
        byte[] buffer = new byte[8192];
        int headEnds = -1;
        boolean counted = false;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            if (counted) {
                continue;
            }
            seen.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
            if (headEnds < 0 && seen.indexOf(END_OF_HEAD) >= 0) {
                headEnds = seen.indexOf(END_OF_HEAD) + END_OF_HEAD.length();
                to.write(seen.substring(0, headEnds).getBytes(StandardCharsets.ISO_8859_1));
                to.flush();
            }
            if (headEnds >= 0 && seen.indexOf(ID, headEnds) >= 0) {
                counted = true;
                withheld.incrementAndGet();
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
