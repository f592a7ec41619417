package kontor.gateway.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import kontor.gateway.continuity.ContinuityReport;
import kontor.gateway.tail.TopicAudit;
import kontor.gateway.verification.ContinuityCheck;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The proof that nothing was lost. */
@RestController
@Tag(name = "continuity")
class ContinuityController {

    private final ContinuityCheck check;

    ContinuityController(ContinuityCheck check) {
        this.check = check;
    }

    @GetMapping("/api/sessions/{id}/continuity")
    @Operation(
            summary = "Was anything lost, doubled or reordered?",
            description =
                    "Holds the adapters' own numbers, the log and the database rows against each"
                            + " other; reckons every payload's CRC-32C again. Looks at every row of"
                            + " the session: it may take seconds for a large one. With deep=true it"
                            + " also reads the topics again and compares them with the rows.")
    ContinuityReport continuity(
            @PathVariable UUID id, @RequestParam(defaultValue = "false") boolean deep)
            throws InterruptedException {
        long heard = check.heard(id);
        ContinuityCheck.Moment now = check.moment();
        try {
            return (deep ? check.judgeDeeply(id, now, heard) : check.judge(id, now, heard))
                    .orElseThrow(() -> SessionController.noSuchSession(id));
        } catch (TopicAudit.AuditException e) {
            throw ProblemKind.KAFKA_AWAY.with(String.valueOf(e.getMessage()));
        }
    }
}
