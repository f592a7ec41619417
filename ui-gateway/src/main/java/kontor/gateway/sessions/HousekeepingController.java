package kontor.gateway.sessions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.UUID;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Names, notes and deletion of sessions. */
@RestController
@RequestMapping("/api/sessions/{id}")
@Tag(name = "sessions")
class HousekeepingController {

    private static final Logger LOG = LoggerFactory.getLogger(HousekeepingController.class);

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_NOTE = 10_000;

    private final SessionArchive sessions;
    private final HousekeepingArchive archive;

    HousekeepingController(SessionArchive sessions, HousekeepingArchive archive) {
        this.sessions = sessions;
        this.archive = archive;
    }

    @PatchMapping
    @Operation(summary = "Name a session, or note something about it")
    SessionSummary describe(@PathVariable UUID id, @RequestBody SessionChange body) {
        session(id);
        String name = stripped("name", body.name(), LONGEST_NAME);
        String note = stripped("note", body.note(), LONGEST_NOTE);
        archive.describe(id, name, note);
        return session(id);
    }

    private static @Nullable String stripped(String what, @Nullable String text, int longest) {
        if (text != null && text.strip().length() > longest) {
            throw ProblemException.badParameter(
                    what, text.strip(), "up to %d characters".formatted(longest));
        }
        return text == null ? null : text.strip();
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Delete a session that has ended",
            description =
                    "Its rows, messages, markers and verdicts, for ever. Its records in Kafka go"
                        + " when Kafka's retention ends; until then nothing shows them. Asks for"
                        + " the session's name beside its id, so that no mistyped id deletes"
                        + " another. Where it breaks off, ask again.")
    void delete(
            @PathVariable UUID id,
            @Parameter(description = "the session's name, as GET has it", example = "default 7")
                    @RequestParam
                    String name) {
        Optional<SessionSummary> found = sessions.session(id);
        if (found.isEmpty()) {
            if (!archive.isDeleted(id)) {
                throw ProblemException.noSuchSession(id);
            }
            archive.clear(id);
            return;
        }
        SessionSummary session = found.get();
        if (!session.name().equals(name)) {
            throw ProblemException.badParameter("name", name, "the name of session " + id);
        }
        if (session.endedAt() == null) {
            throw ProblemKind.SESSION_RUNNING.with(
                    "session %s is running; end it first".formatted(id));
        }
        if (archive.isBeingAnalysed(id)) {
            throw ProblemKind.SESSION_RUNNING.with(
                    "session %s has ended, but analysis has not read its end; try again later"
                            .formatted(id));
        }
        archive.bury(session);
        LOG.info("session {} ({}) was deleted on request; its rows go now", id, name);
        archive.clear(id);
    }

    private SessionSummary session(UUID id) {
        return sessions.session(id).orElseThrow(() -> ProblemException.noSuchSession(id));
    }
}
