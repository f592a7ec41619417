package kontor.gateway.analyzers;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An analyzer. */
public record AnalyzerSummary(
        @Schema(example = "harbour") String name,
        @Schema(
                        description = "in the watched directory; absent if built in",
                        example = "Harbour.java")
                @Nullable String file,
        @Schema(
                        description =
                                "current; refused: what the file holds does not compile or failed"
                                        + " its trial, and 'version' stays in use; removed",
                        example = "current")
                String state,
        @Schema(description = "in use; absent for none", example = "0123456789ab")
                @Nullable String version,
        @Schema(description = "what the file holds, if it was refused") @Nullable String refused,
        @Schema(description = "why it was refused") List<AnalyzerProblem> problems,
        @Schema(description = "since when; absent if built in") @Nullable Instant changedAt,
        @Schema(description = "names of the fields that the version in use declares")
                List<String> fields) {

    public AnalyzerSummary {
        problems = List.copyOf(problems);
        fields = List.copyOf(fields);
    }
}
