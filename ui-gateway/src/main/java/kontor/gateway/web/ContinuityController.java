package kontor.gateway.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import kontor.gateway.archive.ContinuityArchive;
import kontor.gateway.continuity.Continuity;
import kontor.gateway.continuity.ContinuityReport;
import kontor.gateway.continuity.Evidence;
import kontor.gateway.continuity.Surroundings;
import kontor.gateway.instances.InstanceBoard;
import kontor.gateway.instances.InstanceStatus;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.settings.GatewaySettings;
import kontor.gateway.tail.JournalLag;
import kontor.gateway.tail.TopicAudit;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The proof that nothing was lost. */
@RestController
@Tag(name = "continuity")
class ContinuityController {

    private final ContinuityArchive archive;
    private final LiveSessions live;
    private final InstanceBoard board;
    private final JournalLag lag;
    private final TopicAudit audit;
    private final GatewaySettings settings;
    private final Clock clock;

    ContinuityController(
            ContinuityArchive archive,
            LiveSessions live,
            InstanceBoard board,
            JournalLag lag,
            TopicAudit audit,
            GatewaySettings settings,
            Clock clock) {
        this.archive = archive;
        this.live = live;
        this.board = board;
        this.lag = lag;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
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
        // What is known outside is read before the rows: the rows can only be ahead of it.
        long heard = live.find(id).map(LiveSession::lastSequence).orElse(0L);
        Instant now = clock.instant();
        Map<UUID, Long> published = new HashMap<>();
        Set<UUID> connected = new HashSet<>();
        for (InstanceStatus status : board.statuses()) {
            if (board.isConnected(status.lab(), status.instance(), status.run(), now)) {
                published.put(status.run(), status.publishedEvents());
                connected.add(status.run());
            }
        }
        JournalLag.Ends ends = lag.ends();
        var positions = archive.journalPositions();
        Evidence evidence =
                archive.evidence(id).orElseThrow(() -> SessionController.noSuchSession(id));
        OptionalLong behind = ends.behind(positions);
        return Continuity.judge(
                id,
                deep ? deep(id, evidence, behind.orElse(1) == 0) : evidence,
                new Surroundings(
                        heard,
                        behind,
                        ends.packets(),
                        published,
                        connected,
                        settings.receiptPatience(),
                        now));
    }

    private Evidence deep(UUID id, Evidence evidence, boolean journalIsThrough) {
        try {
            return audit.audit(
                    id,
                    evidence,
                    each -> archive.rows(id, evidence.lastSequence(), each),
                    journalIsThrough);
        } catch (TopicAudit.AuditException e) {
            throw ProblemKind.KAFKA_AWAY.with(String.valueOf(e.getMessage()));
        }
    }
}
