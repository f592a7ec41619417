package kontor.simulation.world;

import kontor.vocabulary.SessionId;

/** A record of {@code kontor.control}. */
public sealed interface Request {

    /** A person wants a session to begin. */
    record StartSession(SessionId session) implements Request {}

    /** A person wants a session to end. */
    record EndSession(SessionId session) implements Request {}

    /**
     * The owner shall hand over.
     *
     * @param successor to which process
     * @param until when nobody waits for it any more
     */
    record HandOver(String successor, long until) implements Request {}

    /**
     * An orchestrator's process says that it is there.
     *
     * @param epoch the owner's; 0: it stands by
     */
    record SignOfLife(String process, long epoch, long saidAt) implements Request {}
}
