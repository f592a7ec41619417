package kontor.gateway.timeline;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a session went, in parts of equal duration. */
public record Timeline(
        @Schema(description = "of the first event") Instant from,
        @Schema(description = "of the last event that the database has") Instant through,
        @Schema(description = "in rising order; those without events are left out")
                List<Part> parts,
        @Schema(description = "where games stood still and went on, and adapters came and went")
                List<Turn> turns) {

    public Timeline {
        parts = List.copyOf(parts);
        turns = List.copyOf(turns);
    }

    /** What came in a part. */
    public record Part(
            @Schema(description = "0 to 'parts' - 1", example = "17") int number,
            @Schema(description = "when the part begins") Instant at,
            @Schema(description = "its first event", example = "4711") long firstSequence,
            @Schema(description = "events by instance", example = "{\"game1\": 120}")
                    Map<String, Long> counts) {

        public Part {
            counts = Collections.unmodifiableMap(new TreeMap<>(counts));
        }
    }

    /** An event that divides the session. */
    public record Turn(
            @Schema(example = "4711") long sequence,
            Instant at,
            @Schema(
                            description = "game_frozen, game_thawed, run_started, run_stopped",
                            example = "game_frozen")
                    String type,
            @Nullable String instance) {}
}
