package kontor.gateway.sessions;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions, newest first. */
public record SessionPage(
        List<SessionSummary> sessions,
        @Schema(description = "'cursor' for the next page, opaque; absent at the end")
                @Nullable String next) {

    public SessionPage {
        sessions = List.copyOf(sessions);
    }
}
