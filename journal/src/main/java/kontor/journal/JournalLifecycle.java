package kontor.journal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Gives a journal its thread, from the application's start to its end. */
final class JournalLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JournalLifecycle.class);

    private final Journal journal;
    private final Duration stopTimeout;
    private @Nullable Thread thread;

    JournalLifecycle(Journal journal, Duration stopTimeout) {
        this.journal = journal;
        this.stopTimeout = stopTimeout;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().name("kontor-journal-1").start(journal);
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
        try {
            if (!running.join(stopTimeout)) {
                log.warn("Journal did not stop within {}: leaving its batch", stopTimeout);
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
