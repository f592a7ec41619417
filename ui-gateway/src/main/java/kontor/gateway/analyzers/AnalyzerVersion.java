package kontor.gateway.analyzers;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A version of a user's analyzer. */
public record AnalyzerVersion(
        @Schema(example = "0123456789ab") String version,
        @Schema(example = "Harbour.java") String file,
        String source,
        Instant savedAt,
        @Schema(description = "whether it is in use") boolean current) {}
