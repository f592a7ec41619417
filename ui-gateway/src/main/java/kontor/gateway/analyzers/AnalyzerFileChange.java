package kontor.gateway.analyzers;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a file is to hold. */
public record AnalyzerFileChange(
        @Schema(description = "up to 131072 bytes in UTF-8") @Nullable String text,
        @Schema(
                        description =
                                "version of the text that it takes the place of; left out for a new"
                                        + " file. Another one is refused: somebody else saved",
                        example = "0123456789abcdef")
                @Nullable String replaces) {}
