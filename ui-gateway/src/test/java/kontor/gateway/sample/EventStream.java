package kontor.gateway.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events as a browser does; reads nothing while nobody asks. */
public final class EventStream implements AutoCloseable {

    /** One event; comments are not events. */
    public record Received(@Nullable String id, String type, String data) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> response;
    private final BufferedReader reader;
    private final List<String> comments = new ArrayList<>();

    public EventStream(URI uri, @Nullable String lastEventId) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    public int status() {
        return response.statusCode();
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
        client.shutdownNow();
        try {
            reader.close();
        } catch (IOException e) {
            // It is gone either way.
            comments.add("closed: " + e.getMessage());
        }
    }
}
