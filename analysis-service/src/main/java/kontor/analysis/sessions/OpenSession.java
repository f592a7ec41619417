package kontor.analysis.sessions;

import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;

/**
 * A session that has not ended, and from where a restarted reader must read to know it again.
 *
 * @param firstOffset of its first record
 * @param epoch the highest that was claimed before that record
 * @param begunWith what the lab's session before left to it
 */
public record OpenSession(
        SessionId id, LabName lab, long firstOffset, long epoch, Carried begunWith) {}
