package kontor.adapter.pace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What is on its way to one socket: a bucket of bytes that fills with time, and the datagrams that
 * wait for it. How fast it fills depends on the first of them.
 */
final class Lane<T> {

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    /** So many times as fast as they were captured. */
    private static final long HASTE = 2;

    /**
     * So many times the bounds' pace at most. What an adapter read in one go after it stood still
     * looks like a burst of its game: captured within microseconds.
     */
    private static final long FASTEST = 8;

    private static final int HEADERS = 380;
    private static final int LARGEST_LINEAR = 16_384;
    private static final int BOOKKEEPING = 256;
    private static final int PAGED = 1024;

    private final PaceBounds bounds;
    private final Deque<Waiting<T>> queue = new ArrayDeque<>();
    private long queuedBytes;
    private double credit;
    private long settledNanos;
    private long newestMicros;

    private record Waiting<T>(T what, long bytes, long bytesPerSecond) {}

    Lane(PaceBounds bounds, long nowNanos) {
        this.bounds = bounds;
        this.credit = bounds.burstBytes();
        this.settledNanos = nowNanos;
    }

    boolean offer(T what, int payloadBytes, long capturedAtMicros, long nowNanos) {
        long bytes = Math.min(charge(payloadBytes), bounds.burstBytes());
        Waiting<T> offered = new Waiting<>(what, bytes, paceOf(bytes, capturedAtMicros));
        if (queue.isEmpty()) {
            settle(offered.bytesPerSecond(), nowNanos);
            if (credit >= bytes) {
                credit -= bytes;
                return true;
            }
        } else {
            settle(headPace(), nowNanos);
        }
        queue.add(offered);
        queuedBytes += bytes;
        return false;
    }

    /** How many. */
    int release(long nowNanos, Consumer<T> due) {
        int released = 0;
        while (!queue.isEmpty()) {
            settle(headPace(), nowNanos);
            Waiting<T> head = queue.element();
            if (credit < head.bytes()) {
                break;
            }
            credit -= head.bytes();
            queuedBytes -= head.bytes();
            queue.remove();
            released++;
            due.accept(head.what());
        }
        return released;
    }

    void releaseAll(Consumer<T> due) {
        queue.forEach(waiting -> due.accept(waiting.what()));
        queue.clear();
        queuedBytes = 0;
    }

    boolean waits() {
        return !queue.isEmpty();
    }

    /** Nothing waits, and the bucket is full: a new lane would be the same. */
    boolean idle(long nowNanos) {
        if (queue.isEmpty()) {
            settle(bounds.bytesPerSecond(), nowNanos);
        }
        return queue.isEmpty() && credit >= bounds.burstBytes();
    }

    /** Only while something waits. */
    long dueInNanos(long nowNanos) {
        settle(headPace(), nowNanos);
        double missing = queue.element().bytes() - credit;
        return Math.max(0, (long) Math.ceil(missing * NANOS_PER_SECOND / headPace()));
    }

    private void settle(long bytesPerSecond, long nowNanos) {
        long elapsed = nowNanos - settledNanos;
        settledNanos = nowNanos;
        credit =
                Math.min(
                        (double) bounds.burstBytes(),
                        credit + (double) elapsed * bytesPerSecond / NANOS_PER_SECOND);
    }

    /** The more waits, the faster: all within about a second. */
    private long headPace() {
        return Math.max(queue.element().bytesPerSecond(), queuedBytes);
    }

    private long paceOf(long bytes, long capturedAtMicros) {
        long since = capturedAtMicros - newestMicros;
        boolean known = newestMicros > 0 && capturedAtMicros > 0;
        newestMicros = Math.max(newestMicros, capturedAtMicros);
        if (!known) {
            return bounds.bytesPerSecond();
        }
        long asTheyCame = HASTE * bytes * MICROS_PER_SECOND / Math.max(1, since);
        return Math.clamp(asTheyCame, bounds.bytesPerSecond(), FASTEST * bounds.bytesPerSecond());
    }

    /** About what Linux charges to a socket's receive buffer for one. */
    static long charge(int payloadBytes) {
        return payloadBytes > LARGEST_LINEAR
                ? payloadBytes + PAGED
                : 2L * Integer.highestOneBit(payloadBytes + HEADERS - 1) + BOOKKEEPING;
    }
}
