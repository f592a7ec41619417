package kontor.orchestrator.ownership;

import java.time.Duration;

/** When a process gives its next sign of life. */
final class SignSchedule {

    private final long intervalNanos;
    private long nextNanos;

    /** The first one is due at once. */
    SignSchedule(Duration interval, long nowNanos) {
        this.intervalNanos = interval.toNanos();
        this.nextNanos = nowNanos;
    }

    /** Whether it is time for the next one; the one after it is then due an interval later. */
    boolean isDue(long nowNanos) {
        if (nowNanos - nextNanos < 0) {
            return false;
        }
        nextNanos = nowNanos + intervalNanos;
        return true;
    }
}
