package kontor.orchestrator.sequencer;

import java.util.List;
import kontor.rules.Outcome.Hit;

/**
 * What rules did with an event. It stands in the session event, so folding evaluates no rule.
 *
 * @param version of the rules that were in force; empty where none matched
 * @param hits the rules that matched, each once
 * @param heldBack how many bytes at the end of what this end wrote into its flow wait for more
 * @param tags marks that rules gave it
 * @param waits to which recipients it is not passed on yet
 */
public record RuleTrace(
        String version, List<Hit> hits, int heldBack, List<String> tags, List<Waiting> waits) {

    public static final RuleTrace NONE = new RuleTrace("", List.of(), 0, List.of(), List.of());

    public RuleTrace {
        hits = List.copyOf(hits);
        tags = List.copyOf(tags);
        waits = List.copyOf(waits);
    }

    RuleTrace waiting(List<Waiting> now) {
        return new RuleTrace(version, hits, heldBack, tags, now);
    }
}
