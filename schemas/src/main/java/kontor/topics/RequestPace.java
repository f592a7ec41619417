package kontor.topics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How soon a thread asks the broker again while records come densely: at the next beat of two
 * milliseconds, which all threads of a process share, so that what comes meanwhile needs one
 * request instead of several. Requests cost processor time, bytes hardly any.
 *
 * <p>Nothing waits where records come one by one, and nothing where so many came at once that the
 * reader is behind. Density is that of the last 50 ms, so a change of it shows that much later.
 *
 * <p>Thread-safe: one pace may be shared by all who send with one client.
 */
public final class RequestPace {

    private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Records in a second from which a request is worth a beat; three come in one. */
    private static final long DENSE_PER_SECOND = 1_500;

    /** Records at once that say that more than a beat's is waiting. */
    private static final int MANY = 64;

    private long windowStart;
    private long inWindow;
    private int latest;
    private boolean dense;

    public RequestPace() {
        this(System.nanoTime());
    }

    RequestPace(long nanos) {
        windowStart = nanos;
    }

    /**
     * Counts what a poll has brought, or what was sent.
     *
     * @param records none, too, where a poll brought none
     */
    public void took(int records) {
        took(records, System.nanoTime());
    }

    synchronized void took(int records, long nanos) {
        latest = records;
        inWindow += records;
        long elapsed = nanos - windowStart;
        if (elapsed >= WINDOW_NANOS) {
            dense = inWindow * TimeUnit.SECONDS.toNanos(1) / elapsed >= DENSE_PER_SECOND;
            inWindow = 0;
            windowStart = nanos;
        }
    }

    /**
     * Waits for the next beat if records come densely: at most two milliseconds, less if the thread
     * is interrupted, which it then still is.
     */
    public void await() {
        long begin = System.nanoTime();
        long patience = patienceNanos(begin);
        long left = patience;
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, left);
            left = patience - (System.nanoTime() - begin);
        }
    }

    /** How long {@link #await} waits at this time; 0 if it does not. */
    synchronized long patienceNanos(long nanos) {
        return dense && latest < MANY ? BEAT_NANOS - Math.floorMod(nanos, BEAT_NANOS) : 0;
    }
}
