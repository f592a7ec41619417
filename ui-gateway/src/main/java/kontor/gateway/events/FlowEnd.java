package kontor.gateway.events;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One end of a flow, addressed as the opener's game sees it. */
public record FlowEnd(
        @Schema(
                        description = "absent for a broadcast, or where nobody has that address",
                        example = "game2")
                @Nullable String instance,
        @Schema(description = "absent where what stood there is none", example = "127.1.0.2")
                @Nullable String address,
        @Schema(example = "2300") int port) {}
