package kontor.gateway.sessions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import kontor.gateway.control.ControlRequests;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.http.Paging;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.sessions.SessionArchive.SessionCursor;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sessions: recorded games. */
@RestController
@RequestMapping("/api/sessions")
@Tag(name = "sessions")
class SessionController {

    private final SessionArchive archive;
    private final RunningSessions running;
    private final KnownLabs labs;
    private final ControlRequests control;

    SessionController(
            SessionArchive archive,
            RunningSessions running,
            KnownLabs labs,
            ControlRequests control) {
        this.archive = archive;
        this.running = running;
        this.labs = labs;
        this.control = control;
    }

    @GetMapping
    @Operation(summary = "Sessions, newest first")
    SessionPage sessions(
            @Parameter(description = "'next' of the page before") @RequestParam(required = false)
                    @Nullable String cursor,
            @Parameter(description = "1 to 1000, 100 if left out", example = "20")
                    @RequestParam(required = false)
                    @Nullable Integer limit) {
        int most = Paging.limit(limit);
        List<SessionSummary> page = archive.sessions(cursor(cursor), most);
        return new SessionPage(page, Paging.next(page, most, last -> text(last)));
    }

    @GetMapping("/{id}")
    @Operation(summary = "One session")
    SessionSummary session(@PathVariable UUID id) {
        return archive.session(id).orElseThrow(() -> ProblemException.noSuchSession(id));
    }

    @PostMapping
    @Operation(
            summary = "Begin a session now, ending the running one",
            description =
                    "Answers 202 once the request is on its way; the session appears a moment"
                            + " later. A session begins by itself with the first packet.")
    ResponseEntity<SessionAccepted> start(
            @RequestBody(required = false) @Nullable SessionRequest body)
            throws InterruptedException, KafkaAwayException {
        String lab = labs.choose(body == null ? null : body.lab());
        UUID id = control.startSession(lab);
        return accepted(id, lab);
    }

    @PostMapping("/{id}/end")
    @Operation(
            summary = "End a session",
            description =
                    "Answers 202 once the request is on its way; 409 if it has ended already.")
    ResponseEntity<SessionAccepted> end(@PathVariable UUID id)
            throws InterruptedException, KafkaAwayException {
        String lab = running.lab(id).orElse(null);
        SessionSummary recorded = archive.session(id).orElse(null);
        if (recorded != null && recorded.endedAt() != null) {
            throw ProblemKind.SESSION_ENDED.with("session " + id + " ended " + recorded.endedAt());
        }
        if (recorded != null) {
            lab = recorded.lab();
        }
        if (lab == null) {
            throw ProblemException.noSuchSession(id);
        }
        control.endSession(lab, id);
        return accepted(id, lab);
    }

    private static @Nullable SessionCursor cursor(@Nullable String text) {
        return text == null
                ? null
                : Paging.decode(
                        text,
                        2,
                        parts ->
                                new SessionCursor(
                                        Instant.EPOCH.plus(
                                                Long.parseLong(parts[0]), ChronoUnit.MICROS),
                                        UUID.fromString(parts[1])));
    }

    private static String text(SessionSummary last) {
        return Paging.encode(
                ChronoUnit.MICROS.between(Instant.EPOCH, last.startedAt()) + " " + last.id());
    }

    private static ResponseEntity<SessionAccepted> accepted(UUID id, String lab) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/sessions/" + id))
                .body(new SessionAccepted(id, lab));
    }
}
