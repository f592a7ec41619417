package kontor.journal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A row of {@code capture.sessions}.
 *
 * @param ordinal null where the session's beginning was never read
 * @param endedAt null while it runs
 */
@Table(schema = "capture", name = "sessions")
record SessionRow(
        @Id UUID sessionId,
        String lab,
        @Nullable Long ordinal,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String endReason) {

    SessionRow ended(Instant at, String reason) {
        return new SessionRow(sessionId, lab, ordinal, startedAt, at, reason);
    }
}
