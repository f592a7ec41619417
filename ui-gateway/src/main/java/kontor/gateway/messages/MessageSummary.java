package kontor.gateway.messages;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message without its fields. */
@Schema(description = "A message that an analyzer found.")
public record MessageSummary(
        @Schema(description = "the event with which it became whole", example = "42") long sequence,
        @Schema(description = "0, 1, 2 ... in that event", example = "0") int index,
        @Schema(example = "dplay") String analyzer,
        @Schema(description = "flow number in the session", example = "3") int flow,
        @Schema(description = "sending instance", example = "game1") String from,
        @Schema(description = "absent where it went to several", example = "game2")
                @Nullable String to,
        @Schema(description = "dplay, x642, data ...", example = "dplay") String protocol,
        @Schema(description = "in the protocol's own spelling", example = "ENUMSESSIONS")
                String type,
        @Schema(description = "one line for a person") String summary,
        @Schema(description = "whole, malformed, truncated, unknown", example = "whole")
                String completeness,
        @Schema(description = "what was wrong; absent with whole") @Nullable String problem,
        @Schema(description = "bytes", example = "52") int length,
        @Schema(
                        description =
                                "by the names of the fields that were asked for, those that the"
                                        + " message has; absent where none was asked for",
                        example = "{\"dplay.command\": [22]}")
                @Nullable Map<String, List<Object>> values) {

    /** The same with values. */
    public MessageSummary with(Map<String, List<Object>> found) {
        return new MessageSummary(
                sequence,
                index,
                analyzer,
                flow,
                from,
                to,
                protocol,
                type,
                summary,
                completeness,
                problem,
                length,
                found);
    }
}
