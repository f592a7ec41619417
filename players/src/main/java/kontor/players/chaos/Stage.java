package kontor.players.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import kontor.lab.Lab;

/**
 * The running system that chaos is brought upon. All methods block until what they say is done.
 * What concerns one process is called by one thread at a time, what concerns several by several.
 */
public interface Stage {

    Lab lab();

    /** What can be done here, and to whom. */
    List<Schedule.Kind> kinds();

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

    /** Starts another process that takes the place of a suspended one; returns when it has. */
    void usurp(String process) throws InterruptedException, NotRecoveredException;

    /**
     * Ends the usurper as a power cut would, once the process knows of it; returns when the process
     * has taken its place again.
     */
    void depose(String process) throws InterruptedException, NotRecoveredException;

    /**
     * Has a process replaced in the middle of everything; returns when its successor is ready.
     *
     * @param freeze whether the games stand still meanwhile
     * @throws NotRecoveredException if the reload itself says that it failed, or found a fault
     */
    void reload(String process, boolean freeze) throws InterruptedException, NotRecoveredException;

    /** Begins a recording. */
    void beginSession() throws IOException, InterruptedException;

    /**
     * Ends the recording and asks whether it is whole, until nothing of it is on its way any more
     * or {@code patience} is over.
     */
    Continuity endSession(Duration patience) throws IOException, InterruptedException;
}
