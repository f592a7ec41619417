package kontor.gateway.state;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value over time. */
@Schema(name = "StateSeries", description = "A value of the game over time, for charts.")
public record SeriesAnswer(
        @Schema(description = "at the end of the series") StateValue value,
        @Schema(description = "changes in the range that were looked at") int changes,
        @Schema(
                        description =
                                "whether points were left out: of each stretch its least and its"
                                        + " greatest number stay")
                boolean thinned,
        @Schema(description = "whether older changes of the range were not looked at")
                boolean shortened,
        @Schema(description = "rising; each holds until the next") List<Point> points) {

    public SeriesAnswer {
        points = List.copyOf(points);
    }

    /** A change. */
    @Schema(name = "StatePoint")
    public record Point(
            @Schema(example = "120") long sequence,
            @Schema(description = "absent while the journal is behind") @Nullable Instant at,
            @Schema(example = "958") long number) {}
}
