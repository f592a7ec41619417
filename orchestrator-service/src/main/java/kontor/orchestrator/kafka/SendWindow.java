package kontor.orchestrator.kafka;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what is on its way to the broker: no record is sent while one that was sent {@code size}
 * records ago is not acknowledged. Acknowledgements come in any order, for they come from several
 * partitions; a plain count would let one stuck record fall behind without end.
 *
 * <p>Tickets are taken by one thread; they are given back by any.
 */
final class SendWindow {

    private final int size;
    private final BitSet acknowledged;
    private long next;
    private long oldest;
    private @Nullable Exception failure;

    SendWindow(int size) {
        this.size = size;
        this.acknowledged = new BitSet(size);
    }

    /**
     * Blocks while the window is full.
     *
     * @throws SendFailedException where a record could not be sent: what it was to be followed by
     *     must not be sent either
     */
    synchronized long take() throws InterruptedException {
        while (failure == null && next - oldest == size) {
            wait();
        }
        requireNoFailure();
        return next++;
    }

    synchronized void acknowledge(long ticket) {
        acknowledged.set(slot(ticket));
        while (oldest < next && acknowledged.get(slot(oldest))) {
            acknowledged.clear(slot(oldest));
            oldest++;
        }
        notifyAll();
    }

    synchronized void fail(Exception cause) {
        if (failure == null) {
            failure = cause;
        }
        notifyAll();
    }

    synchronized void requireNoFailure() {
        if (failure != null) {
            throw new SendFailedException(failure);
        }
    }

    /** Blocks until all is acknowledged. */
    synchronized void awaitAll() throws InterruptedException {
        while (failure == null && oldest < next) {
            wait();
        }
        requireNoFailure();
    }

    /** From the eldest that is not acknowledged to the last that was sent. */
    synchronized int inFlight() {
        return (int) (next - oldest);
    }

    /** How many tickets were taken. */
    synchronized long taken() {
        return next;
    }

    /** Whether the first {@code tickets} are acknowledged, all of them. */
    synchronized boolean isAcknowledged(long tickets) {
        return failure == null && oldest >= tickets;
    }

    private int slot(long ticket) {
        return (int) (ticket % size);
    }

    /** A record did not reach the broker: the owner's state is ahead of the log. */
    static final class SendFailedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SendFailedException(Exception cause) {
            super("a record could not be sent: " + cause.getMessage(), cause);
        }
    }
}
