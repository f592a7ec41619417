package kontor.journal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Gives a journal its thread, from the application's start to its end. Where this process stands by
 * the journal waits until it owns something: two at once would only get into each other's way.
 */
final class JournalLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JournalLifecycle.class);

    private final Journal journal;
    private final boolean enabled;
    private final Duration stopTimeout;
    private final CountDownLatch firstDuty;
    private @Nullable Thread thread;

    /**
     * @param enabled false where another process keeps the journal: then nothing is started
     * @param firstDuty open once this process is to journal
     */
    JournalLifecycle(
            Journal journal, boolean enabled, Duration stopTimeout, CountDownLatch firstDuty) {
        this.journal = journal;
        this.enabled = enabled;
        this.stopTimeout = stopTimeout;
        this.firstDuty = firstDuty;
    }

    @Override
    public synchronized void start() {
        if (enabled && thread == null) {
            thread = Thread.ofPlatform().name("kontor-journal-1").start(this::journal);
        }
    }

    private void journal() {
        try {
            firstDuty.await();
            journal.run();
        } catch (InterruptedException e) {
            log.debug("stopped before its first duty", e);
        }
    }

    /** Waits for the batch at hand, but not for ever; what is not written is read again. */
    @Override
    public synchronized void stop() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        journal.stop();
        // One that still waits for its first duty ends at once.
        firstDuty.countDown();
        try {
            if (!running.join(stopTimeout)) {
                log.warn(
                        "Journal did not stop within {}; the current batch is rolled back and read"
                                + " again at the next start",
                        stopTimeout);
                running.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null && thread.isAlive();
    }
}
