package kontor.gateway.analyzers;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An item of the live stream: an analyzer's file has changed (without a session), or another
 * version has taken over in the session of the stream.
 */
public record AnalyzerNotice(
        @Schema(example = "harbour") String analyzer,
        @Schema(description = "in the watched directory; absent with a session")
                @Nullable String file,
        @Schema(description = "in use; absent for none") @Nullable String version,
        @Schema(description = "what the file holds, if it was refused") @Nullable String refused,
        @Schema(description = "why it was refused") List<AnalyzerProblem> problems,
        @Schema(
                        description =
                                "in which the version has taken over; absent for a change of the"
                                        + " file")
                @Nullable String session,
        @Schema(description = "the newest event before that") @Nullable Long swappedAfter,
        @Schema(
                        description =
                                "the oldest event that was dissected again; 0 for none. From there"
                                    + " on stored messages are of this version: read them again")
                @Nullable Long dissectedFrom,
        @Schema(description = "earlier events with a result of this version")
                @Nullable Long results) {

    public AnalyzerNotice {
        problems = List.copyOf(problems);
    }
}
