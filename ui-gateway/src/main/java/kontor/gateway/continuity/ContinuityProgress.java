package kontor.gateway.continuity;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a look at a session's continuity is; all but the first absent if none is taken. */
public record ContinuityProgress(
        boolean running,
        @Nullable Instant since,
        @Schema(description = "session sequence that it has come to", example = "120000")
                @Nullable Long sequence,
        @Schema(description = "the session's last when it began", example = "871000")
                @Nullable Long last) {}
