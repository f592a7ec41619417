package kontor.gateway.analyzers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import kontor.gateway.control.ControlRequests;
import kontor.gateway.control.ControlRequests.KafkaAwayException;
import kontor.gateway.http.Paging;
import kontor.gateway.http.ProblemKind;
import kontor.gateway.settings.GatewaySettings;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Analyzers: the built-in ones, and those that users write. */
@RestController
@RequestMapping("/api")
@Tag(name = "analyzers")
class AnalyzerController {

    private final AnalyzerArchive archive;
    private final ControlRequests control;
    private final boolean editable;

    AnalyzerController(AnalyzerArchive archive, ControlRequests control, GatewaySettings settings) {
        this.archive = archive;
        this.control = control;
        this.editable = !settings.analyzersDirectory().isEmpty();
    }

    @GetMapping("/analyzers")
    @Operation(
            summary = "The analyzers: versions in use, errors of what users write, fields",
            description =
                    "A file that does not compile or fails its trial leaves the version before it"
                        + " in use. Each change is also an item 'analyzer' of the live streams.")
    AnalyzerList analyzers() {
        return new AnalyzerList(archive.analyzers(), editable);
    }

    @GetMapping("/analyzers/{name}/versions")
    @Operation(summary = "Versions of a user's analyzer, newest first, with their texts")
    AnalyzerVersionList versions(@PathVariable String name) {
        return new AnalyzerVersionList(archive.versions(name));
    }

    @PostMapping("/analyzers/{name}/promote")
    @Operation(
            summary = "Use a version in place of what the file holds, until the file changes",
            description =
                    "Forward to a draft that a run has tried, or back to an earlier version."
                            + " Answers 202 once the request is on its way.")
    ResponseEntity<Promotion> promote(@PathVariable String name, @RequestBody Promotion body)
            throws InterruptedException, KafkaAwayException {
        String version = body.version();
        if (version == null
                || archive.versions(name).stream().noneMatch(v -> v.version().equals(version))) {
            throw ProblemKind.NO_SUCH_VERSION.with(
                    "there is no version %s of analyzer %s".formatted(version, name));
        }
        control.promote(name, version);
        return ResponseEntity.accepted().body(body);
    }

    @GetMapping("/sessions/{id}/results")
    @Operation(summary = "Results of the analyzers' own in a session, in the order of its events")
    OwnResultList results(
            @PathVariable UUID id,
            @Parameter(description = "session sequence; 0 if left out")
                    @RequestParam(required = false)
                    @Nullable Long after,
            @Parameter(description = "events, 1 to 1000; 100 if left out")
                    @RequestParam(required = false)
                    @Nullable Integer limit) {
        int events = Paging.limit(limit);
        List<OwnResult> found = archive.results(id, Paging.sequence("after", after, 0), events);
        boolean isFull = found.stream().map(OwnResult::sequence).distinct().count() == events;
        return new OwnResultList(found, isFull ? found.getLast().sequence() : null);
    }
}
