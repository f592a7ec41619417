package kontor.gateway.snapshots;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.util.UUID;
import java.util.regex.Pattern;
import kontor.gateway.control.ControlRequests;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.sessions.KnownLabs;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Snapshots of a lab's games. The gateway has no way to the games' processes: it asks the launcher,
 * over the control topic, and shows what that says.
 */
@RestController
@RequestMapping("/api/snapshots")
@Tag(name = "snapshots")
class SnapshotController {

    /** The launcher's own rule, so that a bad name is refused where it is typed. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final SnapshotBoard board;
    private final KnownLabs labs;
    private final ControlRequests control;
    private final Clock clock;

    SnapshotController(SnapshotBoard board, KnownLabs labs, ControlRequests control, Clock clock) {
        this.board = board;
        this.labs = labs;
        this.control = control;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            summary = "The snapshots of a lab's games, and whether more can be taken",
            description =
                    "As the lab's launcher says it: when something has changed, and each minute."
                        + " 'refusal' is the reason where none can be taken or restored: CRIU is"
                        + " missing or its check fails, the games are not in network namespaces, or"
                        + " no launcher takes snapshots. 'acts' says what became of requests.")
    SnapshotList snapshots(
            @Parameter(description = "may be left out where there is only one", example = "default")
                    @RequestParam(required = false)
                    @Nullable String lab) {
        return board.of(labs.choose(lab), clock.instant());
    }

    @PostMapping
    @Operation(
            summary = "Write all games of a lab to disk, at one moment",
            description =
                    "Answers 202 once the request is on its way; its act in the list says what"
                        + " becomes of it. All games stand still meanwhile, and go on afterwards,"
                        + " whatever happened. 409 with the reason where none can be taken, where"
                        + " there is one of that name, or while another request is under way.")
    ResponseEntity<SnapshotAccepted> take(
            @RequestBody(required = false) @Nullable SnapshotRequest body)
            throws InterruptedException, KafkaAwayException {
        @Nullable String name = body == null ? null : body.name();
        if (name == null || !NAME.matcher(name).matches()) {
            throw ProblemException.badParameter(
                    "name", name, "letters a to z, digits and '-', 63 at most");
        }
        SnapshotList known = ready(labs.choose(body == null ? null : body.lab()));
        if (has(known, name)) {
            throw ProblemKind.SNAPSHOT_REFUSED.with(
                    "there is a snapshot '%s' already".formatted(name));
        }
        UUID id = control.requestSnapshot(known.lab(), name);
        return accepted(new SnapshotAccepted(id, known.lab(), SnapshotKind.TAKE, name));
    }

    @PostMapping("/{id}/restore")
    @Operation(
            summary = "Let the games of a snapshot go on from there, in a new session",
            description =
                    "Answers 202 once the request is on its way; its act in the list says what"
                        + " becomes of it, and which session was begun. The games that are played"
                        + " have to be ended before. 409 with the reason where none can be"
                        + " restored, or while another request is under way.")
    ResponseEntity<SnapshotAccepted> restore(
            @Parameter(description = "the snapshot's name", example = "menu") @PathVariable
                    String id,
            @RequestBody(required = false) @Nullable RestoreRequest body)
            throws InterruptedException, KafkaAwayException {
        SnapshotList known = ready(labs.choose(body == null ? null : body.lab()));
        if (!has(known, id)) {
            throw ProblemKind.NO_SUCH_SNAPSHOT.with(
                    "lab %s has no snapshot '%s'".formatted(known.lab(), id));
        }
        UUID request = control.requestRestore(known.lab(), id);
        return accepted(new SnapshotAccepted(request, known.lab(), SnapshotKind.RESTORE, id));
    }

    /** What is known, where something can be done now. */
    private SnapshotList ready(String lab) {
        SnapshotList known = board.of(lab, clock.instant());
        if (!known.available()) {
            throw ProblemKind.SNAPSHOT_REFUSED.with(
                    known.refusal() + "; freezing, recording and all else work without");
        }
        known.acts().stream()
                .filter(act -> !act.state().isFinal())
                .findFirst()
                .ifPresent(act -> {
                    throw ProblemKind.SNAPSHOT_RUNNING.with(
                            "the %s of '%s' is under way".formatted(act.kind().text(), act.name()));
                });
        return known;
    }

    private static boolean has(SnapshotList known, String name) {
        return known.snapshots().stream().anyMatch(each -> each.name().equals(name));
    }

    private static ResponseEntity<SnapshotAccepted> accepted(SnapshotAccepted request) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/snapshots?lab=" + request.lab()))
                .body(request);
    }
}
