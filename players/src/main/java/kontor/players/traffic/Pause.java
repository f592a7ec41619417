package kontor.players.traffic;

/**
 * A time in which nothing arrived on one way.
 *
 * @param fromNanos the arrival before it, as {@link System#nanoTime} of this process
 * @param untilNanos the arrival after it
 */
public record Pause(long fromNanos, long untilNanos) {

    public long nanos() {
        return untilNanos - fromNanos;
    }

    /** Whether it has a moment in common with another stretch of time. */
    public boolean touches(long otherFromNanos, long otherUntilNanos) {
        return fromNanos - otherUntilNanos <= 0 && otherFromNanos - untilNanos <= 0;
    }
}
