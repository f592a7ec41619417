package kontor.players.traffic;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What has arrived from one sender at one receiver. Thread-safe. */
final class Tally {

    /** Numbers are kept apart in a bit set: a day at 1,000 packets/s still fits. */
    private static final int MOST_NUMBERS = 100_000_000;

    private static final long LONGEST_NANOS = 60_000_000_000L;

    /** More of them are a way that hardly ever carries anything: the first ones will do. */
    private static final int MOST_PAUSES = 10_000;

    private static final int MOST_SURPLUS = 100_000;

    private final long pauseNanos;
    private final List<Pause> pauses = new ArrayList<>();
    private final BitSet seen = new BitSet();
    private final Map<Integer, Integer> surplus = new HashMap<>();
    private final Histogram latency = new Histogram(LONGEST_NANOS, 3);
    private long received;
    private long doubled;
    private long reordered;
    private long highest = -1;
    private long lastNanos;
    private long longestPauseNanos;

    /**
     * @param pauseNanos a gap between two arrivals that is longer is a pause
     */
    Tally(long pauseNanos) {
        this.pauseNanos = pauseNanos;
    }

    synchronized void arrived(Stamp stamp, long atNanos, boolean measured) {
        gap(atNanos);
        received++;
        int number = (int) Math.min(stamp.number(), MOST_NUMBERS);
        if (seen.get(number)) {
            doubled++;
            if (surplus.size() < MOST_SURPLUS) {
                surplus.merge(number, 1, Integer::sum);
            }
            return;
        }
        seen.set(number);
        if (stamp.number() < highest) {
            reordered++;
        }
        highest = Math.max(highest, stamp.number());
        if (measured) {
            latency.recordValue(Math.clamp(atNanos - stamp.dueNanos(), 0, LONGEST_NANOS));
        }
    }

    private void gap(long atNanos) {
        if (received > 0) {
            long gapNanos = atNanos - lastNanos;
            longestPauseNanos = Math.max(longestPauseNanos, gapNanos);
            if (gapNanos > pauseNanos && pauses.size() < MOST_PAUSES) {
                pauses.add(new Pause(lastNanos, atNanos));
            }
        }
        lastNanos = atNanos;
    }

    /**
     * Calls with each number that did not arrive exactly once, and how often it did.
     *
     * @param sent so many numbers were given
     */
    synchronized void eachNotOnce(long sent, IntBinaryConsumer consumer) {
        for (int number = seen.nextClearBit(0); number < sent; ) {
            consumer.accept(number, 0);
            number = seen.nextClearBit(number + 1);
        }
        surplus.forEach((number, more) -> consumer.accept(number, 1 + more));
    }

    /** Takes a number, and how often it arrived. */
    @FunctionalInterface
    interface IntBinaryConsumer {
        void accept(int number, int copies);
    }

    synchronized List<Pause> pauses() {
        return List.copyOf(pauses);
    }

    synchronized long longestPauseNanos() {
        return longestPauseNanos;
    }

    synchronized long received() {
        return received;
    }

    synchronized long distinct() {
        return seen.cardinality();
    }

    synchronized long doubled() {
        return doubled;
    }

    synchronized long reordered() {
        return reordered;
    }

    synchronized void addLatencyTo(Histogram sum) {
        sum.add(latency);
    }
}
