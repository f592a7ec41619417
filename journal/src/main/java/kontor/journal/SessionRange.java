package kontor.journal;

import java.util.ArrayList;
import java.util.List;
import kontor.journal.ledger.EventRow;
import kontor.journal.ledger.LogEntry;
import kontor.topics.Topics;
import kontor.vocabulary.SessionId;

/**
 * The part of a topic's partition that holds what a session's rows were made of: a row of {@code
 * capture.session_ranges}. Who reads this part again has all of the session, and no more than what
 * came meanwhile.
 *
 * @param ownerEpoch of the first event's owner: the highest epoch that was claimed before the part
 *     begins, for a record of an older one would be void
 */
record SessionRange(Key key, long firstOffset, long lastOffset, long ownerEpoch) {

    /** Which session, in which partition of which topic. */
    record Key(SessionId session, String topic, int partition) {}

    /** Where one event stands: its record in the session log, and the input that it came from. */
    static List<SessionRange> of(LogEntry entry, EventRow event) {
        List<SessionRange> ranges = new ArrayList<>(2);
        ranges.add(
                new SessionRange(
                        new Key(event.session(), Topics.SESSION_EVENTS, entry.partition()),
                        entry.offset(),
                        entry.offset(),
                        entry.ownerEpoch()));
        EventRow.Input input = event.input();
        if (input != null && event.adapter() != null) {
            ranges.add(
                    new SessionRange(
                            new Key(event.session(), input.topic(), input.partition()),
                            input.offset(),
                            input.offset(),
                            entry.ownerEpoch()));
        }
        return ranges;
    }

    /** Both, and what is between; the first one's epoch holds. */
    SessionRange through(SessionRange later) {
        return new SessionRange(
                key,
                Math.min(firstOffset, later.firstOffset),
                Math.max(lastOffset, later.lastOffset),
                ownerEpoch);
    }
}
