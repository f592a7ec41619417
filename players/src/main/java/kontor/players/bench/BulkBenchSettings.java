package kontor.players.bench;

import java.time.Duration;
import java.util.List;

/**
 * How the latency beside bulk transfers is measured.
 *
 * @param flows bulk TCP flows in each phase, one phase after the other; 0: nothing but datagrams
 * @param perSecond datagrams of each game
 * @param size of a datagram in bytes
 * @param firstWarmUp datagrams and bulk before the first phase: JVMs start cold
 * @param warmUp of each phase: sent, but not counted for the latency
 * @param duration of each phase, after that
 * @param patience so long nothing may arrive before what is missing counts as lost
 * @param port on which the games listen, by TCP and UDP; the lab must carry it
 */
public record BulkBenchSettings(
        List<Integer> flows,
        int perSecond,
        int size,
        Duration firstWarmUp,
        Duration warmUp,
        Duration duration,
        Duration patience,
        int port) {

    /** About a minute. */
    public static final BulkBenchSettings STANDARD =
            new BulkBenchSettings(
                    List.of(0, 1, 4),
                    50,
                    200,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    2399);

    /**
     * @throws IllegalArgumentException if a number is outside of its bounds
     */
    public BulkBenchSettings {
        flows = List.copyOf(flows);
        if (flows.isEmpty() || flows.stream().anyMatch(count -> count < 0 || count > 100)) {
            throw new IllegalArgumentException("a phase has 0 to 100 bulk flows");
        }
    }
}
