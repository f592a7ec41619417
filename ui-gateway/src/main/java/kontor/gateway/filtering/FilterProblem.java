package kontor.gateway.filtering;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What is wrong with a filter, and where. */
public record FilterProblem(
        @Schema(description = "error, deprecated", example = "error") String severity,
        @Schema(description = "of the first character, in UTF-16 units", example = "9") int offset,
        @Schema(description = "0 where something is missing there", example = "4") int length,
        @Schema(description = "for a person", example = "there is no field dplay.comand")
                String message,
        @Schema(description = "what would be right there", example = "[\"dplay.command\"]")
                List<String> expected) {

    public FilterProblem {
        expected = List.copyOf(expected);
    }
}
