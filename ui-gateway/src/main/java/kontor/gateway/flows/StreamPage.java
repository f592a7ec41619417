package kontor.gateway.flows;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kontor.gateway.listing.Listed;
import org.jspecify.annotations.Nullable;

/** The bytes of a flow as turns: one per event, in the one order. */
public record StreamPage(
        int flow,
        List<Turn> turns,
        @Schema(description = "'after' for the next page; absent at the end") @Nullable Long next)
        implements Listed {

    public StreamPage {
        turns = List.copyOf(turns);
    }

    @Override
    public List<?> listed() {
        return turns;
    }

    @Override
    public Map<String, String> following() {
        return next == null ? Map.of() : Map.of("after", next.toString());
    }

    /** What one event added. */
    public record Turn(
            @Schema(example = "42") long sequence,
            Instant at,
            @Schema(description = "opener or target", example = "opener") String from,
            @Schema(description = "bytes of the game, hexadecimal", example = "0a0b") String hex,
            @Schema(
                            description =
                                    "what was delivered in their place, hexadecimal; absent where"
                                            + " that is the same")
                    @Nullable String deliveredHex) {}
}
