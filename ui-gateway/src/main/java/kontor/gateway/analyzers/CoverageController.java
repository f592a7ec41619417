package kontor.gateway.analyzers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import kontor.gateway.http.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How much of what games say is understood. */
@RestController
@Tag(name = "analyzers")
class CoverageController {

    private static final int USUAL = 2_000;
    private static final int MOST = 20_000;

    private final CoverageArchive archive;

    CoverageController(CoverageArchive archive) {
        this.archive = archive;
    }

    @GetMapping("/api/sessions/{id}/coverage")
    @Operation(summary = "How many bytes of each message type no analyzer understands")
    Coverage coverage(
            @PathVariable UUID id,
            @Parameter(description = "newest messages, 1 to 20000; 2000 if left out")
                    @RequestParam(required = false)
                    @Nullable Integer limit) {
        if (limit != null && (limit < 1 || limit > MOST)) {
            throw ProblemException.badParameter("limit", limit.toString(), "1 to " + MOST);
        }
        return archive.coverage(id, limit == null ? USUAL : limit);
    }
}
