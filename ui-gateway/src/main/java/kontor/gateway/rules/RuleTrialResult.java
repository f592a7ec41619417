package kontor.gateway.rules;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What rules would have done with what a session has stored. */
public record RuleTrialResult(
        @Schema(description = "datagrams and pieces of streams that were looked at") long events,
        @Schema(
                        description =
                                "of them, those that somebody would have got otherwise, or not at"
                                        + " all; without those that are lost")
                long changed,
        @Schema(
                        description =
                                "of them, those that somebody did not get because too much waited"
                                        + " then: no rule decided on that, and none can again")
                long lost,
        List<Matched> rules) {

    public RuleTrialResult {
        rules = List.copyOf(rules);
    }

    /** One rule. */
    public record Matched(
            String rule,
            @Schema(description = "events at which it would have matched", example = "214")
                    long matched,
            @Schema(description = "sequences of the first of them") List<Long> first,
            @Schema(description = "what it could not do, at the first of them")
                    List<String> problems) {

        public Matched {
            first = List.copyOf(first);
            problems = List.copyOf(problems);
        }
    }
}
