package kontor.players.bench;

import java.time.Duration;

/**
 * How interruptions are measured.
 *
 * @param perSecond packets of each game, by UDP and as many by TCP
 * @param size of a packet in bytes
 * @param warmUp sent before the first phase, since JVMs start cold
 * @param lead sent before each interruption
 * @param tail sent after it
 * @param patience so long the last packets are waited for
 * @param port on which the games listen, by TCP and UDP; the lab must carry it
 */
public record InterruptionBenchSettings(
        int perSecond,
        int size,
        Duration warmUp,
        Duration lead,
        Duration tail,
        Duration patience,
        int port) {

    /** About a minute and a half with five phases. */
    public static final InterruptionBenchSettings STANDARD =
            new InterruptionBenchSettings(
                    50,
                    200,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(30),
                    2399);

    /**
     * @throws IllegalArgumentException if a number is outside of its bounds
     */
    public InterruptionBenchSettings {
        if (perSecond < 1 || size < 1) {
            throw new IllegalArgumentException("rate and size have to be positive");
        }
        if (warmUp.isNegative() || lead.isNegative() || tail.isNegative()) {
            throw new IllegalArgumentException("times may not be negative");
        }
    }
}
