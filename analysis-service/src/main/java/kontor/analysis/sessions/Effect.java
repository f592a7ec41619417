package kontor.analysis.sessions;

import java.util.ArrayList;
import java.util.List;
import kontor.analysis.analyzer.Message;
import kontor.analysis.user.AnalyzerResult;
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
            List<Message> messages,
            List<AnalyzerResult> results)
            implements Effect {
        public Found {
            messages = List.copyOf(messages);
            results = List.copyOf(results);
        }

        /** Messages alone, as the built-in analyzers find them. */
        public Found(
                LabName lab,
                SessionId session,
                long sequence,
                String analyzer,
                String version,
                List<Message> messages) {
            this(lab, session, sequence, analyzer, version, messages, List.of());
        }
    }

    /**
     * Another version of a user's analyzer, or none, has taken over in a session: what it finds in
     * the messages before replaces what earlier versions found there.
     *
     * @param version the new one; empty if the analyzer is no longer in use
     * @param swappedAfter the newest event before the swap
     * @param dissected the oldest event that was dissected again; 0 if there was none
     * @param found newest first
     */
    record Swapped(
            LabName lab,
            SessionId session,
            String analyzer,
            String version,
            long swappedAfter,
            long dissected,
            List<Found> found)
            implements Effect {
        public Swapped {
            found = List.copyOf(found);
        }

        /**
         * The same in parts of so many events, the newest first: with each part, what is stored
         * from its {@code dissected} on is of this version only.
         */
        public List<Swapped> parts(int events) {
            List<Swapped> parts = new ArrayList<>();
            int from = 0;
            do {
                int to = Math.min(found.size(), from + events);
                long oldest = to == found.size() ? dissected : found.get(to - 1).sequence();
                parts.add(
                        new Swapped(
                                lab,
                                session,
                                analyzer,
                                version,
                                swappedAfter,
                                oldest,
                                found.subList(from, to)));
                from = to;
            } while (from < found.size());
            return parts;
        }
    }

    /** A version of a user's analyzer keeps failing in a session and is no longer asked there. */
    record Suspended(SessionId session, String analyzer, String version, String problem)
            implements Effect {}

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
