package kontor.gateway.reloads;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to be reloaded, and how. */
public record ReloadRequest(
        @Schema(
                        description = "orchestrator-service, analysis-service or ui-gateway",
                        example = "analysis-service")
                @Nullable String service,
        @Schema(description = "whether the games stand still meanwhile; false if left out")
                @Nullable Boolean freeze,
        @Schema(description = "may be left out where there is only one lab", example = "default")
                @Nullable String lab) {}
