package kontor.players.bench;

import java.time.Duration;
import java.util.List;
import kontor.players.bench.BenchReport.Path;

/**
 * How the latency is measured.
 *
 * @param rates packets per second of each instance, one after the other
 * @param paths which are measured; ratios of the lab need those past it and the bare hops
 * @param size of a packet in bytes
 * @param rounds of all phases; medians of the rounds count
 * @param warmUp of each phase: sent, but not counted
 * @param duration of each phase, after that
 * @param firstWarmUp of lab and Kafka before the first round: JVMs start cold
 * @param port on which the games listen, by TCP and UDP; the lab must carry it
 */
public record BenchSettings(
        List<Integer> rates,
        List<Path> paths,
        int size,
        int rounds,
        Duration warmUp,
        Duration duration,
        Duration firstWarmUp,
        int port) {

    /** About five minutes. */
    public static final BenchSettings STANDARD =
            new BenchSettings(
                    List.of(50, 1_000),
                    List.of(Path.values()),
                    200,
                    3,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(7),
                    Duration.ofSeconds(45),
                    2399);

    /**
     * @throws IllegalArgumentException if a number is outside of its bounds
     */
    public BenchSettings {
        rates = List.copyOf(rates);
        paths = List.copyOf(paths);
        if (rounds < 1 || rates.isEmpty() || rates.stream().anyMatch(rate -> rate < 1)) {
            throw new IllegalArgumentException("a bench needs rounds and rates of 1 or more");
        }
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("a bench needs a path");
        }
    }

    /** The same, on other paths. */
    public BenchSettings withPaths(List<Path> others) {
        return new BenchSettings(rates, others, size, rounds, warmUp, duration, firstWarmUp, port);
    }
}
