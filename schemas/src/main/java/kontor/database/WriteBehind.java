package kontor.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes in a thread of its own, in the order in which it is asked to, while the caller prepares
 * what is written next. At most one write is under way. After one that failed, none is, and every
 * method throws what it threw. Used by one thread.
 */
public final class WriteBehind implements AutoCloseable {

    private final ExecutorService thread;
    private Future<?> underWay = CompletableFuture.completedFuture(null);

    /**
     * @param threadName of the thread that writes, which begins with the first write
     */
    public WriteBehind(String threadName) {
        this.thread =
                Executors.newSingleThreadExecutor(Thread.ofPlatform().name(threadName).factory());
    }

    /** Begins a write as soon as the one before is done, for which it blocks. */
    public void begin(Runnable write) {
        settle();
        underWay = thread.submit(write);
    }

    /** Blocks until what was begun is done. */
    public void settle() {
        try {
            underWay.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a batch was written", e);
        }
    }

    /**
     * Blocks until no write is under way, be it done or failed. An interrupt interrupts the write.
     */
    @Override
    public void close() {
        thread.close();
    }
}
