package kontor.gateway.flows;

import io.swagger.v3.oas.annotations.media.Schema;
import kontor.gateway.events.FlowEnd;
import org.jspecify.annotations.Nullable;

/** A flow of a session. */
public record FlowSummary(
        @Schema(description = "1, 2, 3 ... in order of appearance", example = "3") int number,
        @Schema(description = "tcp or udp", example = "tcp") String protocol,
        FlowEnd opener,
        FlowEnd target,
        @Schema(description = "its first event", example = "12") long firstSequence,
        @Schema(description = "the event that ended it; absent while it is open", example = "90")
                @Nullable Long closedSequence,
        @Schema(description = "closed, reset, refused, timed_out, unreachable")
                @Nullable String closeReason,
        @Schema(example = "14") long events,
        @Schema(description = "payload bytes from the opener", example = "1024")
                long bytesFromOpener,
        @Schema(description = "payload bytes from the target", example = "0")
                long bytesFromTarget) {}
