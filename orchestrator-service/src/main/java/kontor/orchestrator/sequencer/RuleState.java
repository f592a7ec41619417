package kontor.orchestrator.sequencer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.rules.Outcome.Hit;
import kontor.rules.RuleSet;
import kontor.rules.RuleSet.Compilation;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import org.jspecify.annotations.Nullable;

/**
 * What a lab's state knows of rules: which hold, how often each has matched, and what is held back
 * of streams. A fold over session events; no rule is evaluated for it.
 */
final class RuleState {

    private What.RulesChanged set = What.RulesChanged.NONE;
    private RuleSet rules = RuleSet.NONE;
    private final Map<String, Long> hits = new TreeMap<>();
    private final Map<Direction, Bytes> heldBack = new HashMap<>();
    private HeldState held = new HeldState();

    /** What one end of a TCP flow writes. */
    record Direction(FlowReference flow, boolean fromOpener) {}

    /** For one lab; empty as long as nothing was folded. */
    RuleState() {}

    static RuleState of(String lab, LabCheckpoint.Rules checkpoint) {
        RuleState state = new RuleState();
        state.set = checkpoint.set();
        state.rules = compiled(checkpoint.set(), lab);
        state.hits.putAll(checkpoint.hits());
        state.held = HeldState.of(checkpoint.waits());
        checkpoint
                .heldBack()
                .forEach(held ->
                        state.heldBack.put(
                                new Direction(held.flow(), held.fromOpener()), held.bytes()));
        return state;
    }

    LabCheckpoint.Rules checkpoint() {
        return new LabCheckpoint.Rules(
                set,
                hits,
                heldBack.entrySet().stream()
                        .map(entry ->
                                new LabCheckpoint.HeldBack(
                                        entry.getKey().flow(),
                                        entry.getKey().fromOpener(),
                                        entry.getValue()))
                        .toList(),
                held.checkpoint());
    }

    /** Rules that this program cannot read, being those of a newer one, are none. */
    private static RuleSet compiled(What.RulesChanged set, String lab) {
        return switch (RuleSet.compile(set.files())) {
            case Compilation.Compiled(RuleSet all) -> all.in(lab);
            case Compilation.Refused _ -> RuleSet.NONE;
        };
    }

    /** Counts go on of rules that say what they said before. */
    void changed(What.RulesChanged change, String lab) {
        RuleSet next = compiled(change, lab);
        hits.keySet()
                .removeIf(name ->
                        next.fingerprint(name).isEmpty()
                                || !next.fingerprint(name).equals(rules.fingerprint(name)));
        set = change;
        rules = next;
        held.rulesChanged();
    }

    void hit(List<Hit> matched) {
        matched.forEach(hit -> hits.merge(hit.rule(), 1L, Long::sum));
    }

    /**
     * One end wrote, and of all that waits now so many bytes go on waiting.
     *
     * @param written by this event
     */
    void wrote(FlowReference flow, boolean fromOpener, Bytes written, int waiting) {
        if (waiting == 0) {
            heldBack.remove(new Direction(flow, fromOpener));
            return;
        }
        Bytes all = heldBack(flow, fromOpener).plus(written);
        Bytes kept = all.from(Math.max(0, all.length() - waiting)).compact();
        heldBack.put(new Direction(flow, fromOpener), kept);
    }

    /** Nothing more is held back of what this end wrote. */
    void ended(FlowReference flow, boolean fromOpener) {
        heldBack.remove(new Direction(flow, fromOpener));
    }

    /** The flow is over. */
    void forget(FlowReference flow) {
        ended(flow, true);
        ended(flow, false);
        held.forget(flow);
    }

    /** Empty for most. */
    Bytes heldBack(FlowReference flow, boolean fromOpener) {
        @Nullable Bytes held =
                heldBack.isEmpty() ? null : heldBack.get(new Direction(flow, fromOpener));
        return held == null ? Bytes.empty() : held;
    }

    /** What waits. */
    HeldState held() {
        return held;
    }

    /** Those that count in this lab. */
    RuleSet rules() {
        return rules;
    }

    /** Empty for no rules. */
    String version() {
        return set.version();
    }

    long hits(String rule) {
        return hits.getOrDefault(rule, 0L);
    }
}
