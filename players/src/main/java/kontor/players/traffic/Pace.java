package kontor.players.traffic;

import java.util.concurrent.locks.LockSupport;

/**
 * A fixed beat that does not slow down when its sender does: the times at which packets are to be
 * sent, whether or not the one before is through. Latencies are counted from these times.
 */
public final class Pace {

    private final long beganNanos;
    private final double intervalNanos;
    private long beats;

    public Pace(long beginNanos, double perSecond) {
        this.beganNanos = beginNanos;
        this.intervalNanos = 1e9 / perSecond;
    }

    /** Waits for the next beat, or not, where that has passed; returns its time. */
    public long next() {
        long due = beganNanos + (long) (beats++ * intervalNanos);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        return due;
    }
}
