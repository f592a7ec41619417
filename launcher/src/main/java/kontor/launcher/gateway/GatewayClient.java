package kontor.launcher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks a stack's gateway. All methods block until it has answered. */
public final class GatewayClient implements AutoCloseable {

    /** A reload ends by itself: this is more than all its deadlines together. */
    public static final Duration RELOAD_PATIENCE = Duration.ofMinutes(8);

    /** Every row of the session is looked at: three minutes for ten million events. */
    private static final Duration CONTINUITY_TIMEOUT = Duration.ofHours(1);

    /** A capture of any size. */
    private static final Duration IMPORT_TIMEOUT = Duration.ofHours(6);

    private static final int LONGEST_TITLE = 100;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(200);
    private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(1);

    private final GatewayHttp http;

    /**
     * One that asks for no token.
     *
     * @param root the address of page and API, ending with a slash
     */
    public GatewayClient(URI root) {
        this(root, null);
    }

    /**
     * @param root the address of page and API, ending with a slash
     * @param token shown with each request; null: none
     */
    public GatewayClient(URI root, @Nullable String token) {
        http = new GatewayHttp(root, token);
    }

    /** What it is asked about rules and injections. */
    public InterceptionClient interception() {
        return new InterceptionClient(http);
    }

    /**
     * Begins a session, which ends the running one.
     *
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    public SessionId startSession(String lab) throws IOException, InterruptedException {
        JsonNode accepted = http.send(http.post("api/sessions", Map.of("lab", lab)));
        SessionId session = SessionId.parse(accepted.get("id").asString());
        http.await("api/sessions/" + session);
        return session;
    }

    /**
     * Writes a note at a session, in place of the one that it has.
     *
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    public void note(SessionId session, String note) throws IOException, InterruptedException {
        http.send(http.patch("api/sessions/" + session, Map.of("note", note)));
    }

    /**
     * Lets games of a lab stand still; returns when each of these says that it does.
     *
     * @param longest they go on by themselves then
     * @throws IOException if one of them does not stand still, or the gateway does not answer, or
     *     refuses; says how, and all go on
     */
    public FrozenMoment freeze(String lab, Set<String> games, Duration longest)
            throws IOException, InterruptedException {
        return new StandStill(http, lab).begin(games, longest);
    }

    /**
     * Lets the games of a lab go on.
     *
     * @param frozen when they stood still
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    public void thaw(String lab, FrozenMoment frozen) throws IOException, InterruptedException {
        new StandStill(http, lab).end(frozen.freeze());
    }

    /**
     * Ends a session; it goes on being asked about.
     *
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    public void endSession(SessionId session) throws IOException, InterruptedException {
        http.send(http.request("api/sessions/" + session + "/end").POST(BodyPublishers.noBody()));
    }

    /**
     * Returns the senders that a lab's adapters ignored, as they are not the game.
     *
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    public List<StrangersAnswer> strangers(String lab) throws IOException, InterruptedException {
        return StrangersAnswer.of(http.send(http.request("api/instances")), lab);
    }

    /**
     * What of the datagrams of a lab's games its adapters say was lost.
     *
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    public List<LossAnswer> losses(String lab) throws IOException, InterruptedException {
        return LossAnswer.of(http.send(http.request("api/instances")), lab);
    }

    /**
     * The session that began last.
     *
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    public Optional<SessionId> newestSession() throws IOException, InterruptedException {
        return http.send(http.request("api/sessions?limit=1"))
                .get("sessions")
                .valueStream()
                .map(session -> SessionId.parse(session.get("id").asString()))
                .findFirst();
    }

    /**
     * The continuity of a session once nothing of it is on its way any more, or as it stands when
     * {@code patience} is over.
     *
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    public ContinuityAnswer continuity(SessionId session, Duration patience)
            throws IOException, InterruptedException {
        return continuity(session, false, patience);
    }

    /**
     * The same, with a deep look where it is asked for: into the topics, record for record.
     *
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    public ContinuityAnswer continuity(SessionId session, boolean deep, Duration patience)
            throws IOException, InterruptedException {
        return continuity(session, new Question(deep, false), patience, _ -> {});
    }

    /**
     * A question about a session's continuity.
     *
     * @param deep whether the topics are read again
     * @param fresh whether a new look is taken also where the verdict is stored
     */
    public record Question(boolean deep, boolean fresh) {}

    /**
     * The same.
     *
     * @param listener receives the progress of a longer check each second
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    public ContinuityAnswer continuity(
            SessionId session, Question question, Duration patience, Consumer<String> listener)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        String path = "api/sessions/" + session + "/continuity";
        while (true) {
            HttpRequest.Builder request =
                    http.request(
                                    "%s?deep=%s%s"
                                            .formatted(
                                                    path,
                                                    question.deep(),
                                                    question.fresh() ? "&fresh=true" : ""))
                            .timeout(CONTINUITY_TIMEOUT);
            ContinuityAnswer continuity =
                    ContinuityAnswer.of(
                            http.send(
                                    request,
                                    BETWEEN_PROGRESS,
                                    () -> progress(path).ifPresent(listener)));
            if (!continuity.incomplete() || System.nanoTime() > end) {
                return continuity;
            }
            // What is still missing comes by itself, and the gateway does not say when.
            Thread.sleep(BETWEEN_QUESTIONS);
        }
    }

    /** Empty if it is not known; the question itself goes on. */
    private Optional<String> progress(String path) throws InterruptedException {
        try {
            JsonNode now = http.send(http.request(path + "/progress"));
            return now.path("running").asBoolean(false)
                    ? Optional.of(
                            "checked: %,d of %,d events"
                                    .formatted(
                                            now.path("sequence").asLong(),
                                            now.path("last").asLong()))
                    : Optional.of("looking");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Asks for a planned restart of a service.
     *
     * @param service as it calls itself: {@code orchestrator-service}, {@code ui-gateway} ...
     * @param freeze whether the games stand still meanwhile
     * @return the reload's id
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    public String requestReload(String lab, String service, boolean freeze)
            throws IOException, InterruptedException {
        Map<String, Object> body = Map.of("lab", lab, "service", service, "freeze", freeze);
        return http.send(http.post("api/reloads", body)).get("id").asString();
    }

    /**
     * Follows a reload to its end, also where the gateway itself is what is reloaded: while it is
     * away, or does not know of the reload yet, it is asked again.
     *
     * @param listener receives each phase once, in order; short ones may be skipped
     * @throws IOException if the end is not seen within {@code patience}; says why
     */
    public ReloadAnswer followReload(
            String reload, Duration patience, Consumer<ReloadAnswer> listener)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        String phase = "";
        IOException last = new IOException("no answer about reload " + reload);
        while (System.nanoTime() < end) {
            try {
                ReloadAnswer answer =
                        ReloadAnswer.of(http.send(http.request("api/reloads/" + reload)));
                if (!answer.phase().equals(phase)) {
                    phase = answer.phase();
                    listener.accept(answer);
                }
                if (answer.over()) {
                    return answer;
                }
                last = new IOException("reload %s is still %s".formatted(reload, phase));
            } catch (IOException e) {
                last = e;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw last;
    }

    /**
     * Writes a session as a file, as far as it has come, or with {@code live} until it ends.
     *
     * @param format as the gateway calls it: {@code pcapng} ...
     * @param filter what of it; empty for all
     * @throws IOException where the gateway does not answer, or refuses, or breaks off, or the file
     *     cannot be written; says how
     */
    public void export(
            SessionId session, String format, String filter, boolean live, OutputStream file)
            throws IOException, InterruptedException {
        String query =
                "?format=%s&filter=%s&live=%s"
                        .formatted(format, URLEncoder.encode(filter, UTF_8), live);
        HttpRequest request = http.request("api/sessions/" + session + "/export" + query).build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw GatewayHttp.refused(
                        request, response.statusCode(), new String(body.readAllBytes(), UTF_8));
            }
            byte[] buffer = new byte[1 << 16];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                file.write(buffer, 0, n);
                file.flush();
            }
        }
    }

    /**
     * Makes a session of a capture; returns when it has ended.
     *
     * @param names of machines, {@code address=instance,...}; empty for none
     * @param progress receives several times a second how far it is
     * @throws IOException if the file cannot be read, or the gateway does not answer, or refuses;
     *     says how
     */
    public ImportAnswer importCapture(Path file, String names, Consumer<String> progress)
            throws IOException, InterruptedException {
        String query =
                "?name=%s&map=%s"
                        .formatted(
                                URLEncoder.encode(title(file), UTF_8),
                                URLEncoder.encode(names, UTF_8));
        HttpRequest.Builder request =
                http.request("api/imports" + query)
                        .timeout(IMPORT_TIMEOUT)
                        .header("content-type", "application/octet-stream")
                        .POST(BodyPublishers.ofFile(file));
        return ImportAnswer.of(
                http.send(request, BETWEEN_QUESTIONS, () -> progress.accept(importProgress())));
    }

    private String importProgress() throws InterruptedException {
        try {
            JsonNode now = http.send(http.request("api/imports")).get("imports").path(0);
            return now.path("frames").asInt(0) == 0
                    ? "sending and surveying"
                    : "%,d frames, %,d events published, %,d sequenced"
                            .formatted(
                                    now.path("frames").asInt(0),
                                    now.path("published").asLong(0),
                                    now.path("sequenced").asLong(0));
        } catch (IOException e) {
            return "waiting for the gateway";
        }
    }

    private static String title(Path file) {
        String name = file.getFileName().toString();
        return name.length() > LONGEST_TITLE ? name.substring(0, LONGEST_TITLE) : name;
    }

    /**
     * Asks for something of whatever kind, below the root, and forgets the answer.
     *
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    public void visit(String path) throws IOException, InterruptedException {
        HttpRequest request = http.request(path).build();
        int status = http.send(request, BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
            throw new IOException("%s answered %d".formatted(request.uri(), status));
        }
    }

    /**
     * Follows a session from where it is now, as a browser does, and forgets what comes.
     *
     * @return closes the stream
     * @throws IOException if the gateway does not answer, or refuses; says how
     */
    public Closeable follow(SessionId session) throws IOException, InterruptedException {
        String path = "api/sessions/" + session;
        long last = http.send(http.request(path)).get("lastSequence").asLong();
        HttpRequest request = http.request(path + "/stream?after=" + last).build();
        CompletableFuture<?> stream = http.listen(request);
        return () -> stream.cancel(true);
    }

    @Override
    public void close() {
        http.close();
    }
}
