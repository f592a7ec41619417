package kontor.orchestrator.kafka;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Reads the time that goes onto records. */
public final class WallClock {

    private WallClock() {}

    /** Returns microseconds since 1970. */
    public static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
