package kontor.gateway.events;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of the packet list: a session event without most of its bytes. */
@Schema(description = "A session event, with the first bytes of its payload only.")
public record EventSummary(
        @Schema(description = "session sequence: 1, 2, 3 ... without gaps", example = "42")
                long sequence,
        @Schema(description = "what happened", example = "flow_data") String type,
        @Schema(description = "at the adapter's socket; without adapter, when sequenced")
                Instant at,
        @Schema(description = "by the orchestrator's clock") Instant sequencedAt,
        @Schema(
                        description = "whose adapter saw it; absent for what no adapter said",
                        example = "game1")
                @Nullable String instance,
        @Schema(
                        description =
                                "observed, relayed, mutated, held, dropped, injected,"
                                        + " undeliverable",
                        example = "relayed")
                String verdict,
        @Nullable String verdictDetail,
        @Schema(description = "absent for events without a flow") @Nullable FlowPart flow,
        @Schema(
                        description = "payload bytes; absent where this kind of event has none",
                        example = "52")
                @Nullable Integer length,
        @Schema(
                        description = "the payload's first 64 bytes, hexadecimal",
                        example = "3400b0fa020008fc")
                @Nullable String head,
        @Schema(
                        description =
                                "bytes that were delivered in place of the payload; absent where"
                                        + " that is the payload",
                        example = "52")
                @Nullable Integer deliveredLength,
        @Schema(description = "the first 64 of them, hexadecimal", example = "3400b0fa020008fc")
                @Nullable String deliveredHead,
        @Schema(description = "one line for a person", example = "52 bytes at 0") String info,
        @Schema(description = "instances that were told about it") List<String> deliveredTo) {

    /** How much of the payload a summary carries. */
    public static final int HEAD_BYTES = 64;

    public EventSummary {
        deliveredTo = List.copyOf(deliveredTo);
    }
}
