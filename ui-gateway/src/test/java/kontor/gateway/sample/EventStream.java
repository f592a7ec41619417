package kontor.gateway.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
            // HTTP/1.0: the body comes as it is, without chunks.
            String request =
                    "GET %s HTTP/1.0\r\nHost: %s\r\nAccept: text/event-stream\r\n%s\r\n"
                            .formatted(
                                    path,
                                    uri.getAuthority(),
                                    lastEventId == null
                                            ? ""
                                            : "Last-Event-ID: " + lastEventId + "\r\n");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            reader =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            status = Integer.parseInt(reader.readLine().substring(9, 12));
            String header = reader.readLine();
            while (!header.isEmpty()) {
                header = reader.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        try {
            while (true) {
                String line = reader.readLine();
                if (line == null) {
                    throw new IllegalStateException("the stream ended");
                }
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
        try {
            while (true) {
                String line = reader.readLine();
                if (line == null) {
                    throw new IllegalStateException("the stream ended");
                }
                if (line.startsWith(":")) {
                    return line.substring(1).strip();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
