package kontor.launcher.snapshots;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import kontor.launcher.gateway.FrozenMoment;

/** What taking and restoring ask of a running lab. Blocks; the gateway does it, or a test. */
public interface PlayedLab extends AutoCloseable {

    /**
     * Lets these games stand still, all of them.
     *
     * @throws IOException if one does not stand still in time; says which, and all go on
     */
    FrozenMoment freeze(Set<String> games) throws IOException, InterruptedException;

    /** How long games stand still at most; then they go on, whatever becomes of us. */
    Duration longestFreeze();

    /** Lets the games go on. */
    void thaw(FrozenMoment frozen) throws IOException, InterruptedException;

    /**
     * Begins a session, which ends the running one; returns its id.
     *
     * @param note what is written at it
     */
    String startSession(String note) throws IOException, InterruptedException;

    @Override
    default void close() {}
}
