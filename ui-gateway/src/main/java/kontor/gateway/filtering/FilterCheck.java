package kontor.gateway.filtering;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What a text is while it is being typed. */
public record FilterCheck(
        @Schema(
                        description =
                                "empty; intermediate: typing on at the caret can make a filter of"
                                    + " it; invalid; deprecated: it works, with a name that will"
                                    + " go; valid",
                        example = "valid")
                String state,
        @Schema(description = "in the order of the text") List<FilterProblem> problems) {

    public FilterCheck {
        problems = List.copyOf(problems);
    }
}
