package kontor.gateway.filtering;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Something that may be typed at the caret. */
public record FilterProposal(
        @Schema(description = "field, function, operator, value", example = "field") String kind,
        @Schema(example = "dplay.command") String text,
        @Schema(description = "for a person", example = "Command") String description,
        @Schema(description = "of a field, function or value", example = "integer")
                @Nullable String type,
        @Schema(description = "where the text goes", example = "0") int offset,
        @Schema(description = "how much there it replaces", example = "3") int length) {}
