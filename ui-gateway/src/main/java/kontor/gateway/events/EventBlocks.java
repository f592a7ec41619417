package kontor.gateway.events;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many events a filter finds in each block of a session. */
public record EventBlocks(
        @Schema(
                        description =
                                "counted up to this sequence; what a live stream with the same"
                                        + " filter sends of later ones comes on top",
                        example = "46112")
                long through,
        @Schema(
                        description =
                                "sequences in a block: block n begins at n times this; absent with"
                                        + " 'found'",
                        example = "256")
                @Nullable Long blockLength,
        @Schema(
                        description =
                                "of each block; absent where the database cannot decide the filter"
                                        + " and too many events would have to be looked at",
                        example = "[12, 0, 256]")
                @Nullable List<Integer> found) {

    public EventBlocks {
        found = found == null ? null : List.copyOf(found);
    }
}
