package kontor.gateway.runs;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kontor.control.v1.RunAnalyzer;
import kontor.gateway.control.ControlRequests;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.http.Paging;
import kontor.gateway.http.ProblemException;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.runs.RunComparison.ChangedMessage;
import kontor.gateway.sessions.SessionArchive;
import kontor.gateway.sessions.SessionSummary;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Stored sessions again, with other analyzers. */
@RestController
@RequestMapping("/api/sessions/{id}/analysis-runs")
@Tag(name = "analyzers")
class RunController {

    private static final String STORED = "stored";

    private final RunArchive archive;
    private final SessionArchive sessions;
    private final ControlRequests control;

    RunController(RunArchive archive, SessionArchive sessions, ControlRequests control) {
        this.archive = archive;
        this.sessions = sessions;
        this.control = control;
    }

    @GetMapping
    @Operation(summary = "Runs over a session, with their progress, newest first")
    RunList runs(@PathVariable UUID id) {
        session(id);
        return new RunList(archive.runs(id));
    }

    @GetMapping("/{run}")
    @Operation(summary = "One run")
    RunSummary run(@PathVariable UUID id, @PathVariable UUID run) {
        return archive.run(id, run).orElseThrow(() -> noSuchRun(run));
    }

    @PostMapping
    @Operation(
            summary = "Dissect a session again, beside what is stored of it",
            description =
                    "With the analyzers in use, but for the versions and drafts that the body"
                            + " names. Answers 202 once the request is on its way. One run is done"
                            + " after the other.")
    ResponseEntity<RunAccepted> start(
            @PathVariable UUID id, @RequestBody(required = false) @Nullable RunRequest body)
            throws InterruptedException, KafkaAwayException {
        SessionSummary session = session(id);
        List<RunAnalyzer> analyzers = new ArrayList<>();
        if (body != null && body.analyzers() != null) {
            for (RunRequest.Choice choice : body.analyzers()) {
                analyzers.add(analyzer(choice));
            }
        }
        UUID run = control.startRun(session.lab(), id, analyzers);
        return ResponseEntity.accepted()
                .location(URI.create("/api/sessions/%s/analysis-runs/%s".formatted(id, run)))
                .body(new RunAccepted(run, id));
    }

    private static RunAnalyzer analyzer(RunRequest.Choice choice) {
        boolean isDraft = choice.file() != null && choice.source() != null;
        if (isDraft == (choice.name() != null)
                || (choice.file() == null) != (choice.source() == null)) {
            throw ProblemKind.BAD_BODY.with(
                    "each of 'analyzers' has a 'name', or a 'file' and a 'source'");
        }
        return RunAnalyzer.newBuilder()
                .setAnalyzer(orEmpty(choice.name()))
                .setVersion(isDraft ? "" : orEmpty(choice.version()))
                .setFile(orEmpty(choice.file()))
                .setSource(orEmpty(choice.source()))
                .build();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    @DeleteMapping("/{run}")
    @Operation(
            summary = "Cancel a run, or delete one that is over with its results",
            description = "Answers 202 once the request is on its way.")
    ResponseEntity<RunAccepted> cancel(@PathVariable UUID id, @PathVariable UUID run)
            throws InterruptedException, KafkaAwayException {
        SessionSummary session = session(id);
        run(id, run);
        control.cancelRun(session.lab(), run);
        return ResponseEntity.accepted().body(new RunAccepted(run, id));
    }

    @GetMapping("/compare")
    @Operation(
            summary = "What two runs decode differently, and how much each understands",
            description =
                    "The coverage is that of the whole session on every page; 'messages' are read"
                            + " page by page.")
    RunComparison compare(
            @PathVariable UUID id,
            @Parameter(description = "a run; 'stored', what the session has now, if left out")
                    @RequestParam(required = false)
                    @Nullable String before,
            @Parameter(description = "a run; 'stored' if left out") @RequestParam(required = false)
                    @Nullable String after,
            @Parameter(description = "'next' of the page before; 0 if left out")
                    @RequestParam(required = false)
                    @Nullable Long from,
            @Parameter(description = "messages, 1 to 1000; 100 if left out")
                    @RequestParam(required = false)
                    @Nullable Integer limit) {
        session(id);
        @Nullable UUID first = side("before", id, before);
        @Nullable UUID second = side("after", id, after);
        int most = Paging.limit(limit);
        List<ChangedMessage> changes =
                archive.changes(id, first, second, Paging.sequence("from", from, 0), most);
        return new RunComparison(
                archive.coverage(id, first, second),
                changes,
                changes.size() >= most ? changes.getLast().sequence() : null);
    }

    private @Nullable UUID side(String parameter, UUID session, @Nullable String text) {
        if (text == null || text.equals(STORED)) {
            return null;
        }
        UUID run;
        try {
            run = UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw ProblemException.badParameter(parameter, text, "a run's id, or 'stored'");
        }
        run(session, run);
        return run;
    }

    private SessionSummary session(UUID id) {
        return sessions.session(id).orElseThrow(() -> ProblemException.noSuchSession(id));
    }

    private static ProblemException noSuchRun(UUID run) {
        return ProblemKind.NO_SUCH_RUN.with("there is no run %s of this session".formatted(run));
    }
}
