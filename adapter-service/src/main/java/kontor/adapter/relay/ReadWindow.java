package kontor.adapter.relay;

/**
 * How far one flow may be read from its game ahead of what the far end has confirmed.
 *
 * <p>The window grows while round trips (from reading to the confirmation) are hardly slower than
 * the quickest one of this flow, and shrinks when they are slower by more than is allowed: then
 * what is under way only queues, in front of everybody else's packets. Only a window that held the
 * game back is judged. Pure; not thread-safe.
 */
final class ReadWindow {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final WindowBounds bounds;

    private long size;
    private long read;
    private long confirmed;

    /** To be read up to here in any case. */
    private long probedTo;

    private boolean ended;

    /** The round trip that is being measured: from this position on; 0 while none is. */
    private long markedAt;

    private long markedNanos;

    /** The window has held the game back since the mark. */
    private boolean heldBack;

    private long quickestNanos = Long.MAX_VALUE;

    ReadWindow(WindowBounds bounds) {
        this.bounds = bounds;
        this.size = bounds.initialBytes();
    }

    /** Whether to read on; {@code room}: whether all flows together leave room for more. */
    boolean isOpen(boolean room) {
        long ahead = read - confirmed;
        return ahead < bounds.sureBytes() || (room && ahead < size) || read < probedTo;
    }

    void heldBack() {
        heldBack = true;
    }

    /** The game wrote. */
    void read(long bytes, long nowNanos) {
        read += bytes;
        if (markedAt == 0) {
            markedAt = read;
            markedNanos = nowNanos;
            heldBack = false;
        }
    }

    /** The far end has all up to {@code offset}; an earlier word changes nothing. */
    void confirm(long offset, long nowNanos) {
        confirmed = Math.max(confirmed, Math.min(offset, read));
        if (markedAt > 0 && confirmed >= markedAt) {
            markedAt = 0;
            measured(nowNanos - markedNanos);
        }
    }

    private void measured(long tookNanos) {
        quickestNanos = Math.min(quickestNanos, tookNanos);
        if (!heldBack) {
            return;
        }
        long allowedNanos = bounds.delayMillis() * NANOS_PER_MILLI;
        long delayNanos = tookNanos - quickestNanos;
        if (delayNanos > allowedNanos) {
            size = Math.max(bounds.sureBytes(), size / 2);
        } else if (delayNanos < allowedNanos / 2) {
            size = Math.min(bounds.largestBytes(), size + bounds.confirmAfterBytes());
        }
    }

    /** Nothing has been confirmed for too long: read a little more anyway. */
    void probe() {
        probedTo = read + bounds.initialBytes();
    }

    /** The game writes no more, and nothing is confirmed any more. */
    void end() {
        ended = true;
    }

    long confirmed() {
        return confirmed;
    }

    long size() {
        return size;
    }

    /** What counts against the bound of all flows. */
    long excess() {
        return ended ? 0 : Math.max(0, read - confirmed - bounds.sureBytes());
    }
}
