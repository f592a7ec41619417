package kontor.gateway.sample;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events as a browser does; reads nothing while nobody asks. */
public final class EventStream implements AutoCloseable {

    /** One event; comments are not events. */
    public record Received(@Nullable String id, String type, String data) {}

    /** Small, so that what is not read soon waits at the sender and not in between. */
    private static final int RECEIVE_BUFFER = 8 * 1024;

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final BufferedReader reader;
    private final List<String> comments = new ArrayList<>();
    private final int status;

    public EventStream(URI uri, @Nullable String lastEventId) {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
            String path =
                    uri.getRawPath() + (uri.getQuery() == null ? "" : "?" + uri.getRawQuery());
            String request =
                    "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n%s\r\n"
                            .formatted(
                                    path,
                                    uri.getAuthority(),
                                    lastEventId == null
                                            ? ""
                                            : "Last-Event-ID: " + lastEventId + "\r\n");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream input = new BufferedInputStream(socket.getInputStream());
            status = Integer.parseInt(rawLine(input).substring(9, 12));
            boolean chunked = false;
            for (String header = rawLine(input); !header.isEmpty(); header = rawLine(input)) {
                chunked |= header.equalsIgnoreCase("transfer-encoding: chunked");
            }
            reader =
                    new BufferedReader(
                            new InputStreamReader(
                                    chunked ? new Chunks(input) : input, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rawLine(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c >= 0 && c != '\n'; c = input.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** A body that comes in pieces, each with its length in front. */
    private static final class Chunks extends InputStream {

        private final InputStream input;
        private int left;

        Chunks(InputStream input) {
            this.input = input;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                String size = rawLine(input);
                left = Integer.parseInt(size.isEmpty() ? rawLine(input) : size, 16);
            }
            int got = left == 0 ? -1 : input.read(bytes, offset, Math.min(length, left));
            left -= Math.max(0, got);
            return got;
        }
    }

    public int status() {
        return status;
    }

    public List<String> comments() {
        return comments;
    }

    /** The next event; blocks. */
    public Received next() {
        String id = null;
        String type = "message";
        StringBuilder data = new StringBuilder();
        long deadline = deadline();
        try {
            while (true) {
                String line = line(deadline);
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        return new Received(id, type, data.toString());
                    }
                } else if (line.startsWith(":")) {
                    comments.add(line.substring(1).strip());
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    type = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5).strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Events up to the first that is as wanted, that one included; blocks. */
    public List<Received> until(Predicate<Received> wanted) {
        List<Received> received = new ArrayList<>();
        do {
            received.add(next());
        } while (!wanted.test(received.getLast()));
        return received;
    }

    /** Reads until there is a comment; blocks. */
    public String nextComment() {
        long deadline = deadline();
        try {
            while (true) {
                String line = line(deadline);
                if (line.startsWith(":")) {
                    return line.substring(1).strip();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    }

    /** Comments keep a connection alive; they shall not keep a failing test alive. */
    private String line(long deadline) throws IOException {
        String line = reader.readLine();
        if (line == null) {
            throw new IllegalStateException("the stream ended");
        }
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException("nothing but comments came: " + comments);
        }
        return line;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
            comments.add("closed: " + e.getMessage());
        }
    }
}
