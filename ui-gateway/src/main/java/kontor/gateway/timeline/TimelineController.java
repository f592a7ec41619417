package kontor.gateway.timeline;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import kontor.gateway.http.ProblemException;
import kontor.gateway.sessions.SessionArchive;
import kontor.gateway.sessions.SessionSummary;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How busy a session was, and when. */
@RestController
@Tag(name = "sessions")
class TimelineController {

    private static final int MOST_PARTS = 1000;
    private static final int PARTS = 200;

    private final TimelineArchive archive;
    private final SessionArchive sessions;

    TimelineController(TimelineArchive archive, SessionArchive sessions) {
        this.archive = archive;
        this.sessions = sessions;
    }

    @GetMapping("/api/sessions/{id}/timeline")
    @Operation(
            summary = "The whole session in parts of equal duration",
            description =
                    "Events of each instance in each part, by the orchestrator's clock, and each"
                            + " part's first event; and where games stood still. Reads all events.")
    Timeline timeline(
            @PathVariable UUID id,
            @Parameter(description = "1 to 1000, 200 if left out", example = "200")
                    @RequestParam(required = false)
                    @Nullable Integer parts) {
        int wanted = parts == null ? PARTS : parts;
        if (wanted < 1 || wanted > MOST_PARTS) {
            throw ProblemException.badParameter(
                    "parts", Integer.toString(wanted), "1 to " + MOST_PARTS);
        }
        SessionSummary session =
                sessions.session(id).orElseThrow(() -> ProblemException.noSuchSession(id));
        return archive.timeline(id, wanted)
                .orElseGet(() ->
                        new Timeline(
                                session.startedAt(), session.startedAt(), List.of(), List.of()));
    }
}
