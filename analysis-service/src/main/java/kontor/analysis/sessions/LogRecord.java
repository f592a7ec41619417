package kontor.analysis.sessions;

import kontor.analysis.analyzer.SessionInput;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;

/** A record of {@code kontor.session-events}. */
public sealed interface LogRecord {

    long offset();

    long epoch();

    /** A new owner takes over. */
    record Claim(long offset, long epoch) implements LogRecord {}

    /** Belongs to no session: a run that starts between two, an owner that has finished. */
    record OfNoSession(long offset, long epoch) implements LogRecord {}

    /** An event of a session. */
    record Event(long offset, long epoch, LabName lab, SessionId session, SessionInput input)
            implements LogRecord {}
}
