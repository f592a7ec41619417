package kontor.adapter.clock;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;

/**
 * Measures how far the broker's clock is from this machine's, by records on which the broker puts
 * its own time: that lies between sending and acknowledgement, so each record tells the offset
 * within half of what it took. Of the latest few the most certain one counts.
 *
 * <p>A topic may keep the sender's time instead. Such records say nothing: until one has come back
 * with another time than it was sent with, nothing is known.
 *
 * <p>Not thread-safe.
 */
public final class BrokerClock {

    /** Times of records are whole milliseconds. */
    private static final long STAMP_MICROS = 1_000;

    /** One comes per second: a clock that was set is noticed soon. */
    private static final int LATEST = 10;

    private final Deque<ClockOffset> latest = new ArrayDeque<>();
    private boolean stamps;

    /**
     * Notes an acknowledged record.
     *
     * @param ownMillis the time that it was sent with
     * @param stampMillis the time that it has in its topic
     * @param sentMicros before it was given to the client, by this machine's clock
     * @param acknowledgedMicros when its acknowledgement had come, by this machine's clock
     */
    public void onAcknowledged(
            long ownMillis, long stampMillis, long sentMicros, long acknowledgedMicros) {
        stamps |= stampMillis >= 0 && stampMillis != ownMillis;
        long took = acknowledgedMicros - sentMicros;
        if (!stamps || took < 0) {
            return; // Below zero the clock was set meanwhile.
        }
        long middle = sentMicros + took / 2;
        long stamp = stampMillis * STAMP_MICROS + STAMP_MICROS / 2;
        if (latest.size() == LATEST) {
            latest.removeFirst();
        }
        latest.addLast(new ClockOffset(stamp - middle, (took + STAMP_MICROS + 1) / 2));
    }

    /** Empty while nothing is known. */
    public Optional<ClockOffset> offset() {
        return latest.stream().min(Comparator.comparingLong(ClockOffset::uncertaintyMicros));
    }
}
