package kontor.gateway.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kontor.rules.CodeRule;
import kontor.rules.Outcome;
import kontor.rules.Packet;
import kontor.rules.Packet.Transport;
import kontor.rules.RuleSet;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.InstanceName;
import org.jspecify.annotations.Nullable;

/**
 * Lets rules decide on stored packets, in the order of their session, as if they had held from its
 * beginning; counts what they would have done. Not thread-safe.
 */
final class RuleTrial {

    private static final int FIRST = 10;
    private static final int PROBLEMS = 5;

    private final RuleSet rules;
    private final @Nullable CodeRule code;
    private final Map<Direction, Bytes> heldBack = new HashMap<>();
    private final Map<String, Count> counts = new LinkedHashMap<>();
    private long events;
    private long changed;
    private long lost;

    /** Of a stream. */
    private record Direction(int flow, boolean fromOpener) {}

    /** Of one rule. */
    private static final class Count {

        private final List<Long> first = new ArrayList<>();
        private final Set<String> problems = new LinkedHashSet<>();
        private long matched;
    }

    /**
     * A stored packet.
     *
     * @param flow its number in the session
     * @param isLost somebody did not get it because too much waited: no rule says so
     */
    record Stored(
            long sequence,
            int flow,
            boolean fromOpener,
            Packet packet,
            Bytes payload,
            boolean isLost) {}

    /**
     * @param code the only rule, if it is in Java
     */
    RuleTrial(RuleSet rules, @Nullable CodeRule code) {
        this.rules = rules;
        this.code = code;
        rules.rules().forEach(rule -> counts.put(rule.name(), new Count()));
    }

    void on(Stored stored) {
        events++;
        Outcome outcome =
                stored.packet().transport() == Transport.UDP
                        ? rules.onDatagram(stored.packet(), stored.payload(), this::matched)
                        : stream(stored);
        if (stored.isLost()) {
            lost++;
        } else if (outcome.isChanged() || isChangedByCode(stored, outcome)) {
            changed++;
        }
        for (Outcome.Hit hit : outcome.hits()) {
            Count count = counts.computeIfAbsent(hit.rule(), _ -> new Count());
            count.matched++;
            if (count.first.size() < FIRST) {
                count.first.add(stored.sequence());
            }
        }
        outcome.problems().forEach(this::problem);
    }

    private boolean isChangedByCode(Stored stored, Outcome outcome) {
        boolean isChanged = false;
        for (Map.Entry<InstanceName, Outcome.Told> told : outcome.told().entrySet()) {
            if (told.getValue().later() != null) {
                isChanged |= isChangedByCode(stored, told.getKey(), told.getValue().bytes());
            }
            for (Outcome.Part part : told.getValue().parts()) {
                if (part.later() != null) {
                    isChanged |= isChangedByCode(stored, told.getKey(), part.bytes());
                }
            }
        }
        return isChanged;
    }

    private boolean isChangedByCode(Stored stored, InstanceName to, Bytes bytes) {
        if (code == null) {
            return false;
        }
        CodeRule.Said said = code.on(stored.packet(), to, bytes);
        counts.values().stream()
                .filter(count -> count.problems.size() < PROBLEMS)
                .forEach(count -> count.problems.addAll(said.problems()));
        return said.isDropped() || !said.bytes().equals(bytes);
    }

    private Outcome stream(Stored stored) {
        Direction direction = new Direction(stored.flow(), stored.fromOpener());
        Bytes kept = heldBack.getOrDefault(direction, Bytes.empty());
        Outcome outcome = rules.onStream(stored.packet(), kept, stored.payload(), this::matched);
        Bytes all = kept.plus(stored.payload());
        heldBack.put(direction, all.from(all.length() - outcome.heldBack()).compact());
        return outcome;
    }

    private long matched(String rule) {
        Count count = counts.get(rule);
        return count == null ? 0 : count.matched;
    }

    /** Each begins with the name of its rule. */
    private void problem(String problem) {
        counts.forEach((rule, count) -> {
            if (problem.startsWith(rule + ": ") && count.problems.size() < PROBLEMS) {
                count.problems.add(problem.substring(rule.length() + 2));
            }
        });
    }

    RuleTrialResult result() {
        return new RuleTrialResult(
                events,
                changed,
                lost,
                counts.entrySet().stream()
                        .map(entry ->
                                new RuleTrialResult.Matched(
                                        entry.getKey(),
                                        entry.getValue().matched,
                                        entry.getValue().first,
                                        List.copyOf(entry.getValue().problems)))
                        .toList());
    }
}
