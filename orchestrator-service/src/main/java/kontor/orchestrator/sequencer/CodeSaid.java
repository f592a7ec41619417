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

    private static final int PROBLEMS_KEPT = 16;
    private static final int LONGEST_PROBLEM = 240;

    public CodeSaid {
        rules = List.copyOf(rules);
        problems = List.copyOf(problems);
    }

    /**
     * Of problems as the code made them, as many and as long as it likes: a record that is too
     * large would stop the relay.
     */
    public static CodeSaid of(List<String> rules, String version, List<String> problems) {
        return new CodeSaid(
                rules,
                version,
                problems.stream().limit(PROBLEMS_KEPT).map(CodeSaid::shortened).toList());
    }

    /** Without its middle; the line is at its end. */
    private static String shortened(String problem) {
        return problem.length() <= LONGEST_PROBLEM
                ? problem
                : problem.substring(0, LONGEST_PROBLEM / 2)
                        + " ... "
                        + problem.substring(problem.length() - LONGEST_PROBLEM / 2);
    }
}
