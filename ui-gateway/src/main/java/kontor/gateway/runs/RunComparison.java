package kontor.gateway.runs;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is different between two dissections of a session. */
public record RunComparison(
        @Schema(description = "of each message type") List<TypeCoverage> types,
        @Schema(description = "messages that decode differently, in the order of their events")
                List<ChangedMessage> messages,
        @Schema(description = "as 'from' of the next page; absent if this is the last")
                @Nullable Long next) {

    public RunComparison {
        types = List.copyOf(types);
        messages = List.copyOf(messages);
    }

    /** How much of a message type is understood. */
    public record TypeCoverage(
            @Schema(example = "x642") String protocol,
            @Schema(example = "ACTION_0x0848") String type,
            Coverage before,
            Coverage after) {}

    /** Sums over messages; reassembled ones are not counted, as their bytes are in others. */
    public record Coverage(
            long messages,
            long bytes,
            @Schema(description = "bytes that are in fields with a meaning") long understood) {}

    /** A message that decodes differently. */
    public record ChangedMessage(
            @Schema(description = "session sequence") long sequence,
            String analyzer,
            @Schema(description = "0, 1, 2 ... of the analyzer in that event") int index,
            @Schema(description = "absent if it was not found") @Nullable Decoded before,
            @Schema(description = "absent if it was not found") @Nullable Decoded after) {}

    /** A message as one of both decodes it. */
    public record Decoded(
            String type,
            String summary,
            String completeness,
            @Nullable String problem,
            int length,
            int understood) {}
}
