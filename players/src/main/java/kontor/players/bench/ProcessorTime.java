package kontor.players.bench;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What processes have used of the processors since they were started, by name; counted in the
 * kernel's ticks of 10 ms. Children without a name of their own count with their parent.
 */
@FunctionalInterface
public interface ProcessorTime {

    /** Nothing is known. */
    ProcessorTime NONE = Map::of;

    Map<String, Duration> used();

    /**
     * @param processes asked for at each look, as they may be others by then; by name
     */
    static ProcessorTime of(Supplier<Map<String, ProcessHandle>> processes) {
        return () -> {
            Map<String, ProcessHandle> named = processes.get();
            Set<Long> counted = new HashSet<>();
            named.values().forEach(process -> counted.add(process.pid()));
            Map<String, Duration> used = new LinkedHashMap<>();
            named.forEach((name, process) -> used.put(name, withChildren(process, counted)));
            return used;
        };
    }

    /**
     * @param counted process ids that count elsewhere
     */
    private static Duration withChildren(ProcessHandle process, Set<Long> counted) {
        Duration own = process.info().totalCpuDuration().orElse(Duration.ZERO);
        return process.children()
                .filter(child -> !counted.contains(child.pid()))
                .map(child -> withChildren(child, counted))
                .reduce(own, Duration::plus);
    }

    /** What was used between two looks; a process that is new counts from its start. */
    static Map<String, Duration> between(
            Map<String, Duration> before, Map<String, Duration> after) {
        Map<String, Duration> used = new LinkedHashMap<>();
        after.forEach((name, now) -> {
            Duration more = now.minus(before.getOrDefault(name, Duration.ZERO));
            used.put(name, more.isNegative() ? Duration.ZERO : more);
        });
        return used;
    }
}
