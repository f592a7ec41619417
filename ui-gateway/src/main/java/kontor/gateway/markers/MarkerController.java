package kontor.gateway.markers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.sessions.SessionArchive;
import kontor.gateway.sessions.SessionSummary;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Labelled moments. */
@RestController
@RequestMapping("/api/sessions/{id}/markers")
@Tag(name = "markers")
class MarkerController {

    private static final int LONGEST_LABEL = 200;

    private final MarkerArchive archive;
    private final MarkerNews news;
    private final SessionArchive sessions;
    private final LiveSessions live;
    private final Clock clock;

    MarkerController(
            MarkerArchive archive,
            MarkerNews news,
            SessionArchive sessions,
            LiveSessions live,
            Clock clock) {
        this.archive = archive;
        this.news = news;
        this.sessions = sessions;
        this.live = live;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "Markers, by session sequence")
    MarkerList markers(@PathVariable UUID id) {
        session(id);
        return new MarkerList(archive.markers(id));
    }

    @PostMapping
    @Operation(
            summary = "Mark a moment",
            description =
                    "At the newest event where no sequence is given. The stream of the session says"
                            + " so, and exports carry it.")
    ResponseEntity<Marker> mark(@PathVariable UUID id, @RequestBody MarkerRequest body) {
        SessionSummary session = session(id);
        @Nullable String label = body.label() == null ? null : body.label().strip();
        if (label == null || label.isEmpty() || label.length() > LONGEST_LABEL) {
            throw ProblemException.badParameter("label", label, "1 to 200 characters");
        }
        long newest =
                Math.max(
                        session.lastSequence(),
                        live.find(id).map(LiveSession::lastSequence).orElse(0L));
        long sequence = body.sequence() == null ? newest : body.sequence();
        if (sequence < 1 || sequence > newest) {
            throw ProblemException.badParameter(
                    "sequence", Long.toString(sequence), "1 to " + newest);
        }
        Marker marker =
                new Marker(
                        UUID.randomUUID(),
                        sequence,
                        label,
                        clock.instant().truncatedTo(ChronoUnit.MICROS));
        archive.add(id, marker);
        news.announce(new MarkerNews.Change(id, marker, false));
        return ResponseEntity.created(
                        URI.create("/api/sessions/%s/markers/%s".formatted(id, marker.id())))
                .body(marker);
    }

    @DeleteMapping("/{marker}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take a marker away")
    void remove(@PathVariable UUID id, @PathVariable UUID marker) {
        session(id);
        Marker removed =
                archive.remove(id, marker)
                        .orElseThrow(() ->
                                ProblemKind.NO_SUCH_MARKER.with(
                                        "session %s has no marker %s".formatted(id, marker)));
        news.announce(new MarkerNews.Change(id, removed, true));
    }

    private SessionSummary session(UUID id) {
        return sessions.session(id).orElseThrow(() -> ProblemException.noSuchSession(id));
    }
}
