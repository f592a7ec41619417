package kontor.players.traffic;

import java.time.Duration;

/**
 * How numbered traffic goes.
 *
 * @param port on which every game listens and, by UDP, from which it sends; the lab must carry it
 * @param perSecond packets each instance sends, to the others in turn
 * @param size of a packet in bytes, {@value Stamp#LENGTH} at least
 * @param warmUp before packets count for the latency; they count for everything else
 * @param duration after that
 * @param patience so long nothing may arrive before what is missing counts as lost
 */
public record TrafficSettings(
        Transport transport,
        int port,
        double perSecond,
        int size,
        Duration warmUp,
        Duration duration,
        Duration patience) {

    /**
     * @throws IllegalArgumentException if a number is outside of its bounds
     */
    public TrafficSettings {
        if (size < Stamp.LENGTH || size > 60_000) {
            throw new IllegalArgumentException(
                    "packets of %d bytes: allowed are %d to 60000".formatted(size, Stamp.LENGTH));
        }
        if (!(perSecond > 0) || duration.isNegative() || warmUp.isNegative()) {
            throw new IllegalArgumentException("rate and times may not be negative");
        }
    }
}
