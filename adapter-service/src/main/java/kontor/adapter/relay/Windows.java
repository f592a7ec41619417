package kontor.adapter.relay;

/**
 * The windows of all flows, and what they may be ahead together. Where a change says that there is
 * room again, the caller lets those read on that waited for it.
 */
final class Windows {

    private final WindowBounds bounds;

    /** By how much all flows together are ahead, beyond what each may be in any case. */
    private long aheadBytes;

    private long nowNanos;

    Windows(WindowBounds bounds) {
        this.bounds = bounds;
    }

    /** The time of what follows. */
    void setNow(long nowNanos) {
        this.nowNanos = nowNanos;
    }

    ReadWindow open() {
        return new ReadWindow(bounds);
    }

    boolean allowReading(ReadWindow window) {
        return window.isOpen(hasRoom());
    }

    /** The game wrote; leaves less room, or as much. */
    void read(ReadWindow window, long bytes) {
        long before = window.excess();
        window.read(bytes, nowNanos);
        aheadBytes += window.excess() - before;
    }

    /** Whether there is room again. */
    boolean confirm(ReadWindow window, long offset) {
        long before = window.excess();
        window.confirm(offset, nowNanos);
        return give(before - window.excess());
    }

    /** No more is read in this flow, or it is over; whether there is room again. */
    boolean end(ReadWindow window) {
        long before = window.excess();
        window.end();
        return give(before);
    }

    private boolean give(long bytes) {
        boolean hadRoom = hasRoom();
        aheadBytes -= bytes;
        return !hadRoom && hasRoom();
    }

    private boolean hasRoom() {
        return aheadBytes < bounds.totalBytes();
    }
}
