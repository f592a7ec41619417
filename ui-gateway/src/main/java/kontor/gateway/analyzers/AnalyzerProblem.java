package kontor.gateway.analyzers;

import io.swagger.v3.oas.annotations.media.Schema;

/** What is wrong with an analyzer's source. */
public record AnalyzerProblem(
        @Schema(description = "from 1; 0 if it concerns no line", example = "14") long line,
        @Schema(description = "from 1; 0 if it concerns no column", example = "17") long column,
        @Schema(description = "for a person", example = "';' expected") String message) {}
