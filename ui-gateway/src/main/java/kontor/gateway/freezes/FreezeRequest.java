package kontor.gateway.freezes;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** For how long games are to stand still. */
public record FreezeRequest(
        @Schema(
                        description =
                                "at most: then they go on by themselves; as long as the setting"
                                        + " allows if left out",
                        example = "30")
                @Nullable Integer seconds) {}
