package kontor.analysis.sessions;

import java.util.Optional;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;

/** What is remembered of sessions for ever. Every method may block. */
public interface KnownSessions {

    /** Whether a session has ended: what still comes of it is a repeat. */
    boolean hasEnded(SessionId session);

    /** What a session that was opened before began with; empty for one that is new. */
    Optional<Carried> begunWith(SessionId session);

    /** What the lab's newest session that has ended left to the next one. */
    Optional<Carried> leftBy(LabName lab);
}
