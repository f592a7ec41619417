package kontor.players.chaos;

import java.time.Duration;
import java.util.List;

/**
 * How chaos goes.
 *
 * @param kinds what is done, and to whom
 * @param perSecond packets each game sends to the others in turn: so many by TCP, and as many by
 *     UDP
 * @param size of a packet in bytes
 * @param tcpPort on which games listen; the lab must carry it
 * @param udpPort the same for datagrams
 * @param calm how long traffic flows before the first deed, and after the last recovery
 * @param patience so long nothing may arrive at the end before what is missing counts as lost
 * @param continuityPatience how long the recording may take to be complete
 */
public record ChaosSettings(
        long seed,
        Duration length,
        List<Schedule.Kind> kinds,
        double perSecond,
        int size,
        int tcpPort,
        int udpPort,
        Duration calm,
        Duration patience,
        Duration continuityPatience) {

    public ChaosSettings {
        kinds = List.copyOf(kinds);
    }

    /** 200 packets a second of each kind, 200 bytes each. */
    public static ChaosSettings of(long seed, Duration length, List<Schedule.Kind> kinds) {
        return new ChaosSettings(
                seed,
                length,
                kinds,
                200,
                200,
                2300,
                2301,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2));
    }

    public ChaosSettings withRate(double rate) {
        return new ChaosSettings(
                seed,
                length,
                kinds,
                rate,
                size,
                tcpPort,
                udpPort,
                calm,
                patience,
                continuityPatience);
    }
}
