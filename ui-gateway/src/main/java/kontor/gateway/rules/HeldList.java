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

    /** A datagram, a part of a stream or its end, that waits. */
    public record HeldMessage(
            @Schema(example = "default") String lab,
            @Schema(description = "1, 2, 3 ... per lab", example = "17") long number,
            @Schema(description = "of the event that brought it") @Nullable String session,
            long sequence,
            @Schema(description = "tcp or udp", example = "udp") String protocol,
            @Schema(description = "its number in the session; 0 where that is over") int flow,
            @Schema(
                            description =
                                    "datagram, flow_data, flow_half_closed or flow_reset; the last"
                                            + " two cannot be edited or dropped",
                            example = "datagram")
                    String kind,
            @Schema(example = "game1") String from,
            @Schema(example = "game2") String to,
            int fromPort,
            int toPort,
            @Schema(description = "empty: it only waits behind another") String rule,
            @Schema(
                            description =
                                    "person (a breakpoint), network (a delay), behind (what is"
                                            + " before it on its way) or code (what rules in Java"
                                            + " say)",
                            example = "person")
                    String reason,
            @Schema(description = "whether the lab's games are to stand still for it")
                    boolean freezes,
            @Schema(description = "a game stands still: it has no time until all go on")
                    boolean frozen,
            @Schema(description = "nothing waits before it on its way: it can be released")
                    boolean first,
            Instant heldAt,
            @Schema(description = "when it goes on by itself; absent while frozen, or behind")
                    @Nullable Instant dueAt,
            @Schema(description = "for how long it has waited") long ageMillis,
            @Schema(description = "so many wait behind it on its way") int blocks,
            @Schema(description = "what would be passed on, as hexadecimal digits") String bytes,
            int copies) {}
}
