package kontor.gateway.continuity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The proof that nothing was lost. */
@RestController
@Tag(name = "continuity")
class ContinuityController {

    private final ContinuityCheck check;
    private final Looks looks;

    ContinuityController(ContinuityCheck check, Looks looks) {
        this.check = check;
        this.looks = looks;
    }

    @GetMapping("/api/sessions/{id}/continuity")
    @Operation(
            summary = "Was anything lost, doubled or reordered?",
            description =
                    "Holds the adapters' own numbers, the log and the database rows against each"
                            + " other; reckons every payload's CRC-32C again. Looks once at every"
                            + " row of the session: it may take seconds for a large one. With"
                            + " deep=true it also reads the session's part of the topics again and"
                            + " compares it with the rows. Of a session that has ended the settled"
                            + " verdict is stored, and answered from then on; with fresh=true a new"
                            + " look is taken.")
    ContinuityReport continuity(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean deep,
            @RequestParam(defaultValue = "false") boolean fresh)
            throws InterruptedException {
        try {
            return check.verdict(id, deep, fresh)
                    .orElseThrow(() -> ProblemException.noSuchSession(id));
        } catch (TopicReading.UnreadableException e) {
            throw ProblemKind.KAFKA_AWAY.with(String.valueOf(e.getMessage()));
        }
    }

    @GetMapping("/api/sessions/{id}/continuity/progress")
    @Operation(
            summary = "How far the look at a session is that somebody asked for",
            description = "running is false where none is being taken now.")
    ContinuityProgress progress(@PathVariable UUID id) {
        return looks.at(id)
                .map(look ->
                        new ContinuityProgress(true, look.since(), look.sequence(), look.last()))
                .orElseGet(() -> new ContinuityProgress(false, null, null, null));
    }
}
