package kontor.gateway.sessions;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A recorded game. */
public record SessionSummary(
        UUID id,
        @Schema(example = "default") String lab,
        @Schema(
                        description = "games, or import: a capture that was imported",
                        allowableValues = {"games", "import"})
                String origin,
        @Schema(
                        description =
                                "1, 2, 3 ... per lab; absent where its beginning was never read",
                        example = "7")
                @Nullable Long ordinal,
        @Schema(description = "given by a person, else <lab> <ordinal>", example = "default 7")
                String name,
        @Schema(description = "absent where there is none") @Nullable String note,
        Instant startedAt,
        @Schema(description = "absent while it runs") @Nullable Instant endedAt,
        @Schema(description = "requested or idle; absent while it runs", example = "idle")
                @Nullable String endReason,
        @Schema(description = "highest session sequence in the database", example = "4711")
                long lastSequence) {}
