package kontor.orchestrator.sequencer;

import java.util.List;

/**
 * What is recorded of rules in Java that were asked about something that waited.
 *
 * @param rules in the order in which they were asked
 * @param version of the rules that were in force
 * @param problems why something was left out, or why nothing was done
 */
public record CodeSaid(List<String> rules, String version, List<String> problems) {

    public CodeSaid {
        rules = List.copyOf(rules);
        problems = List.copyOf(problems);
    }
}
