package kontor.orchestrator.sequencer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kontor.orchestrator.sequencer.SessionEvent.What;
import kontor.rules.Outcome.Hit;
import kontor.rules.RuleFile;
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

    /** Those that are suspended too: counts go on of them. */
    private RuleSet all = RuleSet.NONE;

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
        state.use(checkpoint.set(), compiled(checkpoint.set(), lab));
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

    private void use(What.RulesChanged change, RuleSet compiled) {
        set = change;
        all = compiled;
        rules =
                compiled.without(
                        change.suspended().stream()
                                .map(What.Suspended::rule)
                                .collect(Collectors.toSet()));
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
                                || !next.fingerprint(name).equals(all.fingerprint(name)));
        use(change, next);
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

    List<RuleFile> files() {
        return set.files();
    }

    List<What.Suspended> suspended() {
        return set.suspended();
    }

    /** Those that stay suspended when other files come: their rules say what they said before. */
    List<What.Suspended> stillSuspended(RuleSet next) {
        return set.suspended().stream()
                .filter(one ->
                        !next.fingerprint(one.rule()).isEmpty()
                                && next.fingerprint(one.rule()).equals(all.fingerprint(one.rule())))
                .toList();
    }

    /** Whether this is what holds already. */
    boolean isSet(What.RulesChanged change) {
        return change.version().equals(set.version()) && change.suspended().equals(set.suspended());
    }

    long hits(String rule) {
        return hits.getOrDefault(rule, 0L);
    }
}
