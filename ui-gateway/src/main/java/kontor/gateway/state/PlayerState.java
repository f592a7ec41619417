package kontor.gateway.state;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a player. */
@Schema(description = "A player, and what his game said.")
public record PlayerState(
        @Schema(description = "DirectPlay id", example = "55126046") long id,
        @Schema(description = "the same as protocols show it", example = "0x0349281E") String shown,
        @Nullable String name,
        @Schema(description = "instance that spoke for him", example = "game1")
                @Nullable String instance,
        @Schema(description = "place in the host's table, 0 to 3", example = "1")
                @Nullable Long place,
        @Nullable StateValue money,
        @Schema(description = "1: the game's window has the focus") @Nullable StateValue focus,
        List<Island> islands) {

    public PlayerState {
        islands = List.copyOf(islands);
    }
}
