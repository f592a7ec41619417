package kontor.analysis.sessions;

import java.util.List;
import kontor.analysis.analyzer.Message;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;

/** What follows from a record. */
public sealed interface Effect {

    /**
     * Messages became whole with this event. (session, sequence, analyzer, version) identifies the
     * finding for ever.
     */
    record Found(
            LabName lab,
            SessionId session,
            long sequence,
            String analyzer,
            String version,
            List<Message> messages)
            implements Effect {
        public Found {
            messages = List.copyOf(messages);
        }
    }

    /** A session's first record. */
    record Opened(OpenSession session) implements Effect {}

    /** A session's last record, or its lab has begun another. What it left is for the next. */
    record Closed(SessionId session, Carried left) implements Effect {}

    /** Void, or read before: as ARCHITECTURE demands of every reader. */
    record Ignored(Cause cause) implements Effect {}

    /**
     * The claim of this record's epoch was deleted or unreadable. The record counts; what was found
     * since {@code epochBefore} may rest on records that stood behind that claim.
     */
    record UnreadClaim(long offset, long epoch, long epochBefore) implements Effect {}

    /** Events of a session are missing: a record could not be read, or the log begins later. */
    record Missed(SessionId session, long expected, long found) implements Effect {}

    /** An analyzer has a bug; the event's bytes came out as unknown data. */
    record Failed(SessionId session, long sequence, String analyzer, Throwable failure)
            implements Effect {}

    /** Why a record does not count. */
    enum Cause {
        VOID,
        REPEATED
    }
}
