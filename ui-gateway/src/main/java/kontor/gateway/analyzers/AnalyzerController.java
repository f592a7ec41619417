package kontor.gateway.analyzers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import kontor.gateway.http.Paging;
import kontor.gateway.settings.GatewaySettings;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Analyzers: the built-in ones, and those that users write. */
@RestController
@RequestMapping("/api")
@Tag(name = "analyzers")
class AnalyzerController {

    private final AnalyzerArchive archive;
    private final boolean editable;

    AnalyzerController(AnalyzerArchive archive, GatewaySettings settings) {
        this.archive = archive;
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
