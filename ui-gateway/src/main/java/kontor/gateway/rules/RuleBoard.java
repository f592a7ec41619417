package kontor.gateway.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the session log has said of rules since this process began to read it: which version holds
 * in each lab, and how often each rule has matched. Thread-safe.
 */
@Component
public final class RuleBoard {

    private final Map<String, String> versions = new HashMap<>();
    private final Map<String, Map<String, Long>> hits = new HashMap<>();

    /** Other rules hold in a lab from here on. */
    public synchronized void changed(String lab, String version) {
        versions.put(lab, version);
    }

    /** Rules have matched at an event. */
    public synchronized void matched(String lab, List<String> rules) {
        Map<String, Long> counts = hits.computeIfAbsent(lab, _ -> new TreeMap<>());
        rules.forEach(rule -> counts.merge(rule, 1L, Long::sum));
    }

    /** Null if nothing was heard of it; empty for no rules. */
    synchronized @Nullable String version(String lab) {
        return versions.get(lab);
    }

    synchronized Map<String, String> versions() {
        return new TreeMap<>(versions);
    }

    /** In all labs together, since this process began to read. */
    synchronized Map<String, Long> hits() {
        Map<String, Long> all = new TreeMap<>();
        hits.values()
                .forEach(counts ->
                        counts.forEach((rule, count) -> all.merge(rule, count, Long::sum)));
        return all;
    }
}
