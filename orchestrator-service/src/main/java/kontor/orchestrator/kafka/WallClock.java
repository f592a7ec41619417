package kontor.orchestrator.kafka;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time that goes onto records. */
public final class WallClock {

    private WallClock() {}

    /** Microseconds since 1970. */
    public static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
