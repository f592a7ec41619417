package kontor.gateway.sessions;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import kontor.gateway.listing.Listed;
import org.jspecify.annotations.Nullable;

/** Sessions, newest first. */
public record SessionPage(
        List<SessionSummary> sessions,
        @Schema(description = "'cursor' for the next page, opaque; absent at the end")
                @Nullable String next)
        implements Listed {

    public SessionPage {
        sessions = List.copyOf(sessions);
    }

    @Override
    public List<?> listed() {
        return sessions;
    }

    @Override
    public Map<String, String> following() {
        return next == null ? Map.of() : Map.of("cursor", next);
    }
}
