package kontor.gateway.statistics;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The intervals between messages of one kind, the newest {@link #KEPT} of them. Not thread-safe.
 */
final class Rhythm {

    static final int KEPT = 1024;

    /** Fewer intervals are no rhythm. */
    private static final int LEAST_INTERVALS = 4;

    /** So many of a hundred must be near the median. */
    private static final int NEAR_SHARE = 80;

    /** Near: a fifth of the median, and never less than this. */
    private static final long NEAR_MICROS = 50_000;

    private static final int NEAR_PART = 5;

    /** What comes faster is a stream, not a beat. */
    private static final long LEAST_PERIOD_MICROS = 100_000;

    private static final double MICROS_PER_SECOND = 1_000_000;

    private static final int HEARTBEAT_BYTES = 64;
    private static final int HEARTBEAT_VARYING = 8;

    /** A regular interval. */
    record Beat(double periodSeconds, double jitterSeconds) {}

    private final long[] intervals = new long[KEPT];
    private long messages;
    private long last;
    private @Nullable Instant lastAt;
    private @Nullable Bytes content;
    private int length;
    private boolean lengthVaries;

    /** Bit n: byte n was not always the same. */
    private long varying;

    void add(Instant at, int messageLength, Bytes bytes, long sequence) {
        if (lastAt != null) {
            intervals[(int) ((messages - 1) % KEPT)] = Math.max(0, micros(lastAt, at));
        }
        lastAt = at;
        last = sequence;
        if (messages == 0) {
            length = messageLength;
            content = bytes;
        } else if (content != null) {
            lengthVaries |= messageLength != length;
            int common = Math.min(HEARTBEAT_BYTES, Math.min(bytes.length(), content.length()));
            for (int i = 0; i < common; i++) {
                varying |= bytes.unsignedAt(i) == content.unsignedAt(i) ? 0 : 1L << i;
            }
        }
        messages++;
    }

    private static long micros(Instant from, Instant to) {
        return ChronoUnit.MICROS.between(from, to);
    }

    long messages() {
        return messages;
    }

    /** Event of the last one. */
    long last() {
        return last;
    }

    /** Whether the messages are too short and too much alike to say anything. */
    boolean saysNothing() {
        return !lengthVaries
                && length <= HEARTBEAT_BYTES
                && Long.bitCount(varying) <= HEARTBEAT_VARYING;
    }

    /** Empty where the messages come at no regular interval. */
    Optional<Beat> beat() {
        int count = (int) Math.min(KEPT, messages - 1);
        if (count < LEAST_INTERVALS) {
            return Optional.empty();
        }
        long median = median(Arrays.copyOf(intervals, count));
        if (median < LEAST_PERIOD_MICROS) {
            return Optional.empty();
        }
        long near = Math.max(NEAR_MICROS, median / NEAR_PART);
        long[] off = new long[count];
        int within = 0;
        for (int i = 0; i < count; i++) {
            off[i] = Math.abs(intervals[i] - median);
            within += off[i] <= near ? 1 : 0;
        }
        return within * 100L < (long) NEAR_SHARE * count
                ? Optional.empty()
                : Optional.of(
                        new Beat(median / MICROS_PER_SECOND, median(off) / MICROS_PER_SECOND));
    }

    /** Sorts what it is given. */
    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
