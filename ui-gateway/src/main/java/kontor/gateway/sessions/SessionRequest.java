package kontor.gateway.sessions;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which lab is to begin a session. */
public record SessionRequest(
        @Schema(description = "may be left out where there is only one lab", example = "default")
                @Nullable String lab) {}
