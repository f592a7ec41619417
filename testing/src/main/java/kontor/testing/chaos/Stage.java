package kontor.testing.chaos;

import java.io.IOException;
import java.time.Duration;
import kontor.lab.Lab;

/**
 * The running system that chaos is brought upon. All methods block until what they say is done.
 * What concerns one process is called by one thread at a time, what concerns several by several.
 */
public interface Stage {

    Lab lab();

    /** Ends a process as a power cut would. */
    void kill(String process) throws InterruptedException, NotRecoveredException;

    /** Ends a process in good order. */
    void stop(String process) throws InterruptedException, NotRecoveredException;

    /** Starts a process that has ended; returns when it is ready. */
    void start(String process) throws InterruptedException, NotRecoveredException;

    /** Stops a process in its tracks. */
    void suspend(String process) throws InterruptedException, NotRecoveredException;

    /** Lets a suspended process go on; returns when it is ready. */
    void resume(String process) throws InterruptedException, NotRecoveredException;

    /** Begins a recording. */
    void beginSession() throws IOException, InterruptedException;

    /**
     * Ends the recording and asks whether it is whole, until nothing of it is on its way any more
     * or {@code patience} is over.
     */
    Continuity endSession(Duration patience) throws IOException, InterruptedException;
}
