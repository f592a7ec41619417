package kontor.adapter.run;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The times of one command that was carried out, microseconds since 1970, by the clocks of the
 * processes involved.
 *
 * @param capturedAtMicros at the other game; 0 where nothing was captured
 * @param sequencedAtMicros 0 where nobody says
 */
record Delivery(long capturedAtMicros, long sequencedAtMicros, long atMicros) {

    /** The whole way. */
    Optional<Duration> sinceCapture() {
        return since(capturedAtMicros);
    }

    /** The second half of it. */
    Optional<Duration> sinceSequencing() {
        return since(sequencedAtMicros);
    }

    /** Clocks that are set back do not make it negative. */
    private Optional<Duration> since(long micros) {
        return micros > 0
                ? Optional.of(Duration.of(Math.max(0, atMicros - micros), ChronoUnit.MICROS))
                : Optional.empty();
    }
}
