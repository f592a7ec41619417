package kontor.simulation.world;

import kontor.orchestrator.reload.Input;
import kontor.vocabulary.SessionId;

/** A record of {@code kontor.control}. */
public sealed interface Request {

    /** A person wants a session to begin. */
    record StartSession(SessionId session) implements Request {}

    /** A person wants a session to end. */
    record EndSession(SessionId session) implements Request {}

    /**
     * A person wants other rules to hold; empty: none.
     *
     * @param withCode one in Java, too
     */
    record SetRules(String text, boolean withCode) implements Request {}

    /** A person decides on what waits. */
    record DecideHeld(long number, boolean drop, boolean holdNext) implements Request {}

    /**
     * A process says that it is there, or something about a reload.
     *
     * @param what as the coordinator of reloads hears it
     */
    record Heard(Input what, long saidAt) implements Request {}

    /** The launcher says that one life of an orchestrator has ended. */
    record Ended(String process) implements Request {}
}
