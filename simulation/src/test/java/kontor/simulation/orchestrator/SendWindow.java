package kontor.simulation.orchestrator;

import java.util.BitSet;

/**
 * The real one's rule without its threads: no record is sent while one that was sent {@code size}
 * records ago is not acknowledged.
 */
final class SendWindow {

    private final int size;
    private final BitSet acknowledged = new BitSet();
    private int next;
    private int oldest;

    SendWindow(int size) {
        this.size = size;
    }

    boolean isFull() {
        return next - oldest >= size;
    }

    boolean isEmpty() {
        return next == oldest;
    }

    int take() {
        return next++;
    }

    /** How many tickets were taken. */
    int taken() {
        return next;
    }

    /** Whether the first {@code tickets} are acknowledged, all of them. */
    boolean isAcknowledged(long tickets) {
        return oldest >= tickets;
    }

    void acknowledge(int ticket) {
        acknowledged.set(ticket);
        oldest = Math.min(acknowledged.nextClearBit(oldest), next);
    }
}
