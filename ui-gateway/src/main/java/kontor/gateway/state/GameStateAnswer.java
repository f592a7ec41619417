package kontor.gateway.state;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The game's state at an event. */
@Schema(
        name = "GameState",
        description =
                "What the game's own messages had said up to an event. Each game tells of its own"
                        + " islands, so values are by player.")
public record GameStateAnswer(
        @Schema(description = "as asked; absent for the newest", example = "4000")
                @Nullable Long at,
        @Schema(description = "event of the newest change up to there; absent for none")
                @Nullable Long newest,
        List<PlayerState> players,
        @Schema(description = "the last lines, oldest first") List<ChatLine> chat,
        @Schema(description = "the values that changed last, newest first")
                List<StateValue> changed) {

    public GameStateAnswer {
        players = List.copyOf(players);
        chat = List.copyOf(chat);
        changed = List.copyOf(changed);
    }
}
