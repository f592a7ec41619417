package kontor.players.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What processes have used of the processors since they were started, by name; counted in the
 * kernel's ticks of 10 ms. Children that are there count with their parent.
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
            Map<String, Duration> used = new LinkedHashMap<>();
            processes
                    .get()
                    .forEach((name, process) ->
                            used.merge(name, withChildren(process), Duration::plus));
            return used;
        };
    }

    private static Duration withChildren(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
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
