package kontor.orchestrator.ownership;

import java.util.HashSet;
import java.util.Set;

/**
 * Bounds what is on its way to the broker: no record is sent while one that was sent {@code size}
 * records ago is not acknowledged. Acknowledgements come in any order, for they come from several
 * partitions; a plain count would let one stuck record fall behind without end.
 *
 * <p>Not thread-safe.
 */
public final class SendWindow {

    private final int size;

    /** Acknowledged before one that was sent earlier. */
    private final Set<Long> early = new HashSet<>();

    private long next;
    private long oldest;

    public SendWindow(int size) {
        this.size = size;
    }

    /** Whether nothing may be sent until something is acknowledged. */
    public boolean isFull() {
        return next - oldest >= size;
    }

    /** Whether all that was sent is acknowledged. */
    public boolean isEmpty() {
        return next == oldest;
    }

    /** A record is sent; the caller has made sure that the window is not full. */
    public long take() {
        return next++;
    }

    public void acknowledge(long ticket) {
        if (ticket != oldest) {
            early.add(ticket);
            return;
        }
        oldest++;
        while (!early.isEmpty() && early.remove(oldest)) {
            oldest++;
        }
    }

    /** From the oldest that is not acknowledged to the last that was sent. */
    public int inFlight() {
        return (int) (next - oldest);
    }

    /** How many tickets were taken. */
    public long taken() {
        return next;
    }

    /** Whether the first {@code tickets} are acknowledged, all of them. */
    public boolean isAcknowledged(long tickets) {
        return oldest >= tickets;
    }
}
