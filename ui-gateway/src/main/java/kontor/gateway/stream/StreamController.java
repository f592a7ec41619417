package kontor.gateway.stream;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import kontor.filters.Filter;
import kontor.gateway.events.FeedCursor;
import kontor.gateway.filtering.FilterParameter;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.sessions.HousekeepingArchive;
import kontor.gateway.sessions.SessionArchive;
import kontor.gateway.sessions.SessionSummary;
import kontor.gateway.settings.GatewaySettings;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The live stream of a session. */
@RestController
@Tag(name = "stream")
class StreamController {

    private static final String ALLOWED =
            "a session sequence, or an id of this session's stream: <session>:<sequence>";

    private final SessionStream stream;
    private final LiveSessions live;
    private final SessionArchive archive;
    private final HousekeepingArchive housekeeping;
    private final FilterParameter filters;
    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final Scheduler queries =
            Schedulers.fromExecutorService(
                    Executors.newThreadPerTaskExecutor(
                            Thread.ofVirtual().name("kontor-stream-open-", 1).factory()));

    StreamController(
            SessionStream stream,
            LiveSessions live,
            SessionArchive archive,
            HousekeepingArchive housekeeping,
            FilterParameter filters,
            GatewaySettings settings) {
        this.stream = stream;
        this.live = live;
        this.archive = archive;
        this.housekeeping = housekeeping;
        this.filters = filters;
        this.most = settings.stream().subscribers();
    }

    @GetMapping(path = "/api/sessions/{id}/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            summary = "A session as it happens, from any point on",
            description =
                    "Server-sent events. 'event': a session event (EventSummary), each once, in the"
                        + " order of the session sequence. 'messages': what an analyzer found at an"
                        + " event that was sent before (AnalysisNews). 'gap': sequences that are"
                        + " missing in the database (StreamGap). 'reload': a reload in the"
                        + " session's lab is in a new phase (ReloadSummary), without an id."
                        + " 'marker': a marker that is there at the start, or was set or taken away"
                        + " (MarkerChange), without an id. 'analyzer': a user's analyzer has"
                        + " changed, or another version has taken over in the session"
                        + " (AnalyzerNotice), without an id. 'run': a run over the session that is"
                        + " not over at the start, or is in another state, or further than it was"
                        + " (RunNotice), without an id. A comment comes when nothing else does. The"
                        + " id is <session>:<sequence>, with more behind it that is opaque; give"
                        + " the last one back as Last-Event-ID, or as 'after', and nothing is lost"
                        + " or repeated.")
    Mono<ResponseEntity<Flux<ServerSentEvent<Object>>>> stream(
            @PathVariable UUID id,
            @Parameter(
                            description =
                                    "begin behind this: a session sequence, or an id of the stream;"
                                            + " the whole session if left out",
                            example = "0")
                    @RequestParam(required = false)
                    @Nullable String after,
            @Parameter(description = "what a browser sends when it connects again; goes before")
                    @RequestHeader(name = "Last-Event-ID", required = false)
                    @Nullable String lastEventId,
            @Parameter(description = FilterParameter.DESCRIPTION, example = "udp.port == 2350")
                    @RequestParam(required = false)
                    @Nullable String filter) {
        return Mono.fromCallable(
                        () -> {
                            Optional<Filter> wanted = filters.read(filter);
                            FeedCursor start =
                                    lastEventId != null && !lastEventId.isEmpty()
                                            ? cursor(id, "Last-Event-ID", lastEventId)
                                            : cursor(id, "after", after == null ? "0" : after);
                            if (isDeleted(id)) {
                                throw ProblemException.noSuchSession(id);
                            }
                            String lab = lab(id, start);
                            return ResponseEntity.ok()
                                    .cacheControl(CacheControl.noStore())
                                    .header("X-Accel-Buffering", "no")
                                    .body(bounded(stream.behind(start, lab, wanted)));
                        })
                .subscribeOn(queries);
    }

    /**
     * The lab of a session.
     *
     * @throws ProblemException if there is no such session, or it has ended before the place from
     *     which on it is wanted: nothing would ever come
     */
    private String lab(UUID id, FeedCursor start) {
        Optional<LiveSession> heard = live.find(id);
        if (heard.isPresent()) {
            LiveSession session = heard.get();
            boolean ended =
                    session.event(session.lastSequence())
                            .filter(event -> event.type().equals("session_ended"))
                            .isPresent();
            requireWithin(start, ended, session.lastSequence());
            return session.lab();
        }
        SessionSummary session =
                archive.session(id).orElseThrow(() -> ProblemException.noSuchSession(id));
        requireWithin(start, session.endedAt() != null, session.lastSequence());
        return session.lab();
    }

    private static void requireWithin(FeedCursor start, boolean ended, long last) {
        if (ended && start.events() > last) {
            throw ProblemException.badCursor(
                    "after",
                    Long.toString(start.events()),
                    "up to %d, with which the session ended".formatted(last));
        }
    }

    private Flux<ServerSentEvent<Object>> bounded(Flux<ServerSentEvent<Object>> events) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            throw ProblemKind.TOO_MANY_STREAMS.with("%d are open; close one".formatted(most));
        }
        return events.doFinally(signal -> open.decrementAndGet());
    }

    /** Memory may still have it. While the database is away, nobody knows. */
    private boolean isDeleted(UUID id) {
        try {
            return housekeeping.isDeleted(id);
        } catch (DataAccessException e) {
            return false;
        }
    }

    private static FeedCursor cursor(UUID id, String parameter, String text) {
        Optional<FeedCursor> cursor =
                text.matches("[0-9]{1,18}")
                        ? Optional.of(FeedCursor.at(id, Long.parseLong(text)))
                        : FeedCursor.parse(text);
        return cursor.filter(c -> c.session().equals(id))
                .orElseThrow(() -> ProblemException.badCursor(parameter, text, ALLOWED));
    }
}
