package kontor.gateway.snapshots;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** Games of a lab that were written to disk at one moment. */
public record SnapshotSummary(
        @Schema(description = "also the id by which it is restored", example = "menu") String name,
        @Schema(description = "the session that was running then") String session,
        @Schema(description = "its event since which all these games stood still", example = "812")
                long sequence,
        Instant takenAt,
        @Schema(example = "[\"game1\", \"game2\"]") List<String> games) {

    public SnapshotSummary {
        games = List.copyOf(games);
    }
}
