package kontor.adapter.freezer;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for the kernel, which is quick as a rule: often, but not for ever. */
final class Patience {

    private static final long PAUSE_NANOS = 100_000;

    private final long beganNanos = System.nanoTime();
    private final long limitNanos;

    Patience(Duration limit) {
        limitNanos = limit.toNanos();
    }

    /** Waits a little; false if that was all. */
    boolean lasts() {
        LockSupport.parkNanos(PAUSE_NANOS);
        return System.nanoTime() - beganNanos < limitNanos;
    }
}
