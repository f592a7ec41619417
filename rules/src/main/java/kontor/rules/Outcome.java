package kontor.rules;

import java.util.List;
import java.util.Map;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;

/**
 * What becomes of a packet.
 *
 * @param told what each recipient gets; without an entry: the packet as it is
 * @param hits rules that matched, each once, in the order in which they acted
 * @param tags in the order in which they were given
 * @param problems why a rule could not do what it says: the bytes went on without that action
 * @param heldBack how many bytes at the end of a stream are kept for the next piece
 * @param isChanged whether a recipient gets something else than was sent: a stream that is only cut
 *     otherwise is not changed
 */
public record Outcome(
        Map<InstanceName, Told> told,
        List<Hit> hits,
        List<String> tags,
        List<String> problems,
        int heldBack,
        boolean isChanged) {

    /** No rule concerns it. */
    static final Outcome NOTHING = new Outcome(Map.of(), List.of(), List.of(), List.of(), 0, false);

    public Outcome {
        told = Map.copyOf(told);
        hits = List.copyOf(hits);
        tags = List.copyOf(tags);
        problems = List.copyOf(problems);
    }

    /** Whether the packet goes on as it came, and nothing is to be recorded. */
    public boolean isNothing() {
        return told.isEmpty() && hits.isEmpty() && heldBack == 0 && problems.isEmpty();
    }

    /**
     * What one recipient gets.
     *
     * @param copies so many times; 0: not at all
     */
    public record Told(Bytes bytes, int copies) {}

    /**
     * A rule matched.
     *
     * @param dryRun it would have acted
     */
    public record Hit(String rule, boolean dryRun) {}
}
