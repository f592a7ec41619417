package kontor.gateway.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kontor.rules.RuleFile;
import kontor.rules.RuleSet;
import kontor.rules.RuleSet.Compilation;
import kontor.sessions.v1.RulesChanged;
import kontor.sessions.v1.SuspendedRule;
import kontor.state.v1.Lab;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which rules hold in each lab, and how often each has matched, as its orchestrator counts: a fold
 * over the session log that begins with what the newest checkpoint knows, so that a restart of this
 * process loses no count. Thread-safe.
 */
@Component
public final class RuleBoard {

    private final Map<String, LabRules> labs = new HashMap<>();

    /** The rules of one lab. */
    private static final class LabRules {

        /** Null if nothing was heard of them. */
        private @Nullable String version;

        private RuleSet rules = RuleSet.NONE;
        private final Map<String, Long> hits = new TreeMap<>();
        private Map<String, String> suspended = Map.of();

        /** Counts go on of rules that say what they said before, as in the orchestrator. */
        private void changed(String lab, RulesChanged change) {
            RuleSet next = compiled(lab, change);
            hits.keySet()
                    .removeIf(name ->
                            next.fingerprint(name).isEmpty()
                                    || !next.fingerprint(name).equals(rules.fingerprint(name)));
            rules = next;
            version = change.getVersion();
            suspended =
                    change.getSuspendedList().stream()
                            .collect(
                                    Collectors.toMap(
                                            SuspendedRule::getRule,
                                            SuspendedRule::getWhy,
                                            (first, _) -> first));
        }
    }

    /** Rules that this program cannot read, being those of a newer one, are none. */
    private static RuleSet compiled(String lab, RulesChanged change) {
        List<RuleFile> files =
                change.getFilesList().stream()
                        .map(file -> new RuleFile(file.getName(), file.getText()))
                        .toList();
        return switch (RuleSet.compile(files)) {
            case Compilation.Compiled(RuleSet all) -> all.in(lab);
            case Compilation.Refused _ -> RuleSet.NONE;
        };
    }

    private LabRules of(String lab) {
        return labs.computeIfAbsent(lab, _ -> new LabRules());
    }

    /** So it is in a lab, whatever was heard of it before. */
    public synchronized void known(Lab lab) {
        LabRules known = of(lab.getLab());
        known.changed(lab.getLab(), lab.getRules());
        known.hits.clear();
        known.hits.putAll(lab.getRuleHitsMap());
    }

    /** Other rules hold in a lab from here on. */
    public synchronized void changed(String lab, RulesChanged change) {
        of(lab).changed(lab, change);
    }

    /** Rules have matched at an event. */
    public synchronized void matched(String lab, List<String> rules) {
        Map<String, Long> hits = of(lab).hits;
        rules.forEach(rule -> hits.merge(rule, 1L, Long::sum));
    }

    /** The log was cut: what it said may not be so. */
    public synchronized void forgetAll() {
        labs.clear();
    }

    /** Null if nothing was heard of it; empty for no rules. */
    synchronized @Nullable String version(String lab) {
        @Nullable LabRules known = labs.get(lab);
        return known == null ? null : known.version;
    }

    synchronized Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        for (Map.Entry<String, LabRules> lab : labs.entrySet()) {
            @Nullable String version = lab.getValue().version;
            if (version != null) {
                versions.put(lab.getKey(), version);
            }
        }
        return versions;
    }

    /** Rules in Java that do not hold, with the lab and the reason, where this version holds. */
    synchronized Map<String, String> suspended(String version) {
        Map<String, String> suspended = new TreeMap<>();
        labs.forEach((name, lab) -> {
            if (version.equals(lab.version)) {
                lab.suspended.forEach(
                        (rule, why) -> suspended.put(rule, "lab %s: %s".formatted(name, why)));
            }
        });
        return suspended;
    }

    /** In all labs together, since the rules say what they say. */
    synchronized Map<String, Long> hits() {
        Map<String, Long> all = new TreeMap<>();
        labs.values()
                .forEach(lab ->
                        lab.hits.forEach((rule, count) -> all.merge(rule, count, Long::sum)));
        return all;
    }
}
