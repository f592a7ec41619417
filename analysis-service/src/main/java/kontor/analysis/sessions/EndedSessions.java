package kontor.analysis.sessions;

import kontor.vocabulary.SessionId;

/** Remembers the sessions that have ended, for ever: what still comes of them is a repeat. */
@FunctionalInterface
public interface EndedSessions {

    /** May block. */
    boolean contains(SessionId session);
}
