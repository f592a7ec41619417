package kontor.launcher.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kontor.launcher.recording.PictureRule.SessionPlace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows a lab's newest session by the gateway's live stream, as a browser does. Has two threads
 * of its own; while the gateway is away it asks again every second.
 */
final class SessionWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SessionWatch.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration BREAKPOINTS_APART = Duration.ofSeconds(1);

    /** Of an event that waits; inside of a text the quotes would not stand alone. */
    private static final String HELD = "\"verdict\":\"held\"";

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final URI gateway;
    private final String lab;
    private final @Nullable String token;
    private final Runnable onMarker;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread looks;
    private @Nullable Thread stream;

    /** Of the thread that reads. */
    private @Nullable Long lastHold;

    private volatile SessionPlace place = SessionPlace.NONE;

    /**
     * @param token null where the gateway asks for none
     * @param onMarker called when one was set, and when a rule has begun to hold something back
     *     (for one within a second), by the thread that heard of it
     */
    SessionWatch(URI gateway, String lab, @Nullable String token, Runnable onMarker) {
        this.gateway = gateway;
        this.lab = lab;
        this.token = token;
        this.onMarker = onMarker;
        this.looks = Thread.ofPlatform().daemon().name("kontor-recording-1").unstarted(this::look);
    }

    void start() {
        looks.start();
    }

    /** Where the newest session is, as far as the gateway has said. */
    SessionPlace newest() {
        return place;
    }

    /** Begins with another stream as soon as another session is the newest. */
    private void look() {
        try {
            do {
                try {
                    Optional<String> newest = newestSession();
                    if (newest.isPresent() && needsStream(newest.get())) {
                        follow(newest.get());
                    }
                } catch (IOException | JacksonException e) {
                    log.debug("The gateway is asked again in a second", e);
                }
            } while (!closing.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean needsStream(String session) {
        return stream == null || !stream.isAlive() || !place.session().equals(session);
    }

    private void follow(String session) throws IOException, InterruptedException {
        SessionPlace before = place;
        boolean same = before.session().equals(session);
        long last = same ? before.sequence() : lastSequence(session);
        if (stream != null) {
            stream.interrupt();
            stream.join();
        }
        if (!same) {
            place = new SessionPlace(session, last, before.markers());
        }
        stream =
                Thread.ofPlatform()
                        .daemon()
                        .name("kontor-recording-2")
                        .start(() -> read(session, last));
    }

    private void read(String session, long after) {
        HttpRequest request =
                request("api/sessions/%s/stream?after=%d".formatted(session, after)).build();
        try {
            HttpResponse<Stream<String>> answer = client.send(request, BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                log.debug("The stream of {} answers {}", session, answer.statusCode());
                return;
            }
            try (Stream<String> lines = answer.body()) {
                lines.forEach(line -> onLine(session, line));
            }
        } catch (IOException | UncheckedIOException e) {
            log.debug("The stream of {} ended", session, e);
        } catch (InterruptedException e) {
            log.debug("Another session is followed", e);
        }
    }

    private void onLine(String session, String line) {
        SessionPlace now = place;
        if (line.startsWith("id:")) {
            String[] id = line.substring("id:".length()).strip().split(":", -1);
            long sequence = id.length > 1 ? Long.parseLong(id[1]) : now.sequence();
            place = new SessionPlace(session, Math.max(sequence, now.sequence()), now.markers());
        } else if (line.equals("event:marker")
                || line.equals("event: marker")
                || (line.startsWith("data:") && line.contains(HELD) && isApart())) {
            place = new SessionPlace(session, now.sequence(), now.markers() + 1);
            onMarker.run();
        }
    }

    /** Whether the last breakpoint was long enough ago: a rule may hold every packet. */
    private boolean isApart() {
        long now = System.nanoTime();
        if (lastHold != null && now - lastHold < BREAKPOINTS_APART.toNanos()) {
            return false;
        }
        lastHold = now;
        return true;
    }

    private Optional<String> newestSession() throws IOException, InterruptedException {
        return get("api/sessions?limit=20")
                .get("sessions")
                .valueStream()
                .filter(session -> session.get("lab").asString().equals(lab))
                .map(session -> session.get("id").asString())
                .findFirst();
    }

    private long lastSequence(String session) throws IOException, InterruptedException {
        return get("api/sessions/" + session).get("lastSequence").asLong();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(request(path).timeout(TIMEOUT).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("%s answers %d".formatted(path, answer.statusCode()));
        }
        return json.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path));
        return token == null ? request : request.header("authorization", "Bearer " + token);
    }

    @Override
    public void close() {
        closing.countDown();
        client.shutdownNow();
    }
}
