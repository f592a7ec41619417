package kontor.gateway.analyzers;

import io.swagger.v3.oas.annotations.media.Schema;

/** The source of a user's analyzer. */
public record AnalyzerFile(
        @Schema(description = "in the watched directory", example = "Harbour.java") String file,
        String text,
        @Schema(
                        description = "of the text: 'replaces' when it is saved again",
                        example = "0123456789abcdef")
                String version) {}
