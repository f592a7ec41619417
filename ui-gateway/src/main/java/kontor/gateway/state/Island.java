package kontor.gateway.state;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What a player's game said of one of its islands. */
@Schema(description = "A town or island, as its owner's game told of it.")
public record Island(
        @Schema(description = "a guess: byte 1 of a record", example = "0") int island,
        @Schema(description = "number of the thing", example = "0") int number,
        List<StateValue> stock,
        List<StateValue> tax,
        List<StateValue> inhabitants,
        @Schema(description = "values that nobody knows") List<StateValue> other) {

    public Island {
        stock = List.copyOf(stock);
        tax = List.copyOf(tax);
        inhabitants = List.copyOf(inhabitants);
        other = List.copyOf(other);
    }
}
