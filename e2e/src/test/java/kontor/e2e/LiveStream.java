package kontor.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The live stream of a session as a browser reads it, each item once. */
final class LiveStream implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Item(String type, JsonNode data) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final List<Long> missing = new ArrayList<>();
    private long newest;

    LiveStream(URI uri) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer =
                client.send(
                        HttpRequest.newBuilder(uri).header("accept", "text/event-stream").build(),
                        HttpResponse.BodyHandlers.ofLines());
        if (answer.statusCode() != 200) {
            throw new AssertionError("%s answered %d".formatted(uri, answer.statusCode()));
        }
        Thread.ofVirtual().name("kontor-stream").start(() -> read(answer.body()));
    }

    private void read(Stream<String> lines) {
        String[] type = {""};
        lines.forEach(line -> {
            if (line.startsWith("event:")) {
                type[0] = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                items.add(new Item(type[0], json.readTree(line.substring("data:".length()))));
            }
        });
    }

    /** Reads on until an item is as wanted; fails if none comes within a minute. */
    JsonNode await(String type, Predicate<JsonNode> wanted) throws InterruptedException {
        while (true) {
            @Nullable Item item = items.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (item == null) {
                throw new AssertionError("nothing more came behind event " + newest);
            }
            note(item);
            if (item.type.equals(type) && wanted.test(item.data)) {
                return item.data;
            }
        }
    }

    private void note(Item item) {
        if (item.type.equals("event")) {
            long sequence = item.data.get("sequence").asLong();
            for (long lost = newest + 1; lost < sequence; lost++) {
                missing.add(lost);
            }
            newest = sequence;
        }
    }

    /** The newest event that was read. */
    long newest() {
        return newest;
    }

    /** Events that were passed over by what was read. */
    List<Long> missing() {
        return List.copyOf(missing);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
