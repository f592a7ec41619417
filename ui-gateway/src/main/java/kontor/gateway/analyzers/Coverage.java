package kontor.gateway.analyzers;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** How much of the messages of a session is understood. */
public record Coverage(
        @Schema(description = "that were looked at: the newest") long messages,
        @Schema(description = "whether these are all messages of the session") boolean complete,
        @Schema(description = "most unknown bytes first") List<Type> types) {

    public Coverage {
        types = List.copyOf(types);
    }

    /** A message type, as one analyzer finds it. */
    public record Type(
            @Schema(example = "x642") String analyzer,
            @Schema(description = "of the newest one") String analyzerVersion,
            @Schema(example = "x642") String protocol,
            @Schema(example = "ACTION_0x0848") String type,
            long messages,
            @Schema(description = "with something wrong") long problems,
            long bytes,
            @Schema(description = "of these, in no field or in a field of unknown bytes")
                    long unknownBytes,
            @Schema(description = "session sequence of the newest one") long newest) {}
}
