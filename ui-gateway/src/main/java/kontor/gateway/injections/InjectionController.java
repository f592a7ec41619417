package kontor.gateway.injections;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.sessions.SessionArchive;
import kontor.gateway.sessions.SessionSummary;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Packets that no game sent. */
@RestController
@RequestMapping("/api/sessions/{id}/injections")
@Tag(name = "injections")
class InjectionController {

    private final SessionArchive sessions;
    private final InjectionPlanner planner;
    private final Injector injector;

    InjectionController(SessionArchive sessions, InjectionPlanner planner, Injector injector) {
        this.sessions = sessions;
        this.planner = planner;
        this.injector = injector;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Send something to a game as if another had sent it",
            description =
                    "From scratch, from stored packets with edits, or stored packets with the time"
                            + " between them; once or repeatedly. In TCP only between two messages."
                            + " 409 with the reason if instance or flow are not there. What became"
                            + " of each packet stands in its event of type injection: verdict"
                            + " injected, or undeliverable with the reason.")
    InjectionSummary inject(@PathVariable UUID id, @RequestBody InjectionRequest request)
            throws InterruptedException, KafkaAwayException {
        SessionSummary session = session(id);
        if (session.endedAt() != null) {
            throw ProblemKind.SESSION_ENDED.with("session " + id + " ended " + session.endedAt());
        }
        return injector.begin(planner.plan(session, request));
    }

    @GetMapping
    @Operation(
            summary = "Injections into a session, newest first",
            description = "The last hundred of this gateway since it began.")
    InjectionList injections(@PathVariable UUID id) {
        session(id);
        return new InjectionList(injector.of(id));
    }

    @DeleteMapping("/{injection}")
    @Operation(summary = "Send no more of an injection that repeats or takes its time")
    InjectionSummary cancel(@PathVariable UUID id, @PathVariable UUID injection)
            throws InterruptedException {
        return injector.cancel(id, injection)
                .orElseThrow(() ->
                        ProblemKind.NO_SUCH_INJECTION.with(
                                "session %s has no injection %s".formatted(id, injection)));
    }

    private SessionSummary session(UUID id) {
        return sessions.session(id).orElseThrow(() -> ProblemException.noSuchSession(id));
    }
}
