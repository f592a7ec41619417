package kontor.gateway.rules;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits, by lab and number. */
public record HeldList(List<HeldMessage> held) {

    public HeldList {
        held = List.copyOf(held);
    }

    /** A datagram that waits. */
    public record HeldMessage(
            @Schema(example = "default") String lab,
            @Schema(description = "1, 2, 3 ... per lab", example = "17") long number,
            @Schema(description = "of the event that brought it") @Nullable String session,
            long sequence,
            @Schema(example = "game1") String from,
            @Schema(example = "game2") String to,
            int fromPort,
            int toPort,
            @Schema(description = "empty: it only waits behind another") String rule,
            @Schema(
                            description =
                                    "person (a breakpoint), network (a delay) or behind (what is"
                                            + " before it on its way)",
                            example = "person")
                    String reason,
            Instant heldAt,
            @Schema(description = "when it goes on by itself") @Nullable Instant dueAt,
            @Schema(description = "for how long it has waited") long ageMillis,
            @Schema(description = "so many wait behind it on its way") int blocks,
            @Schema(description = "what would be passed on, as hexadecimal digits") String bytes,
            int copies) {}
}
