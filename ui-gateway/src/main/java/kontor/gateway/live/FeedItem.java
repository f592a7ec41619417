package kontor.gateway.live;

import kontor.gateway.events.EventSummary;
import kontor.gateway.events.FeedCursor;
import kontor.gateway.messages.AnalysisNews;

/** One thing that a reader gets, and where it stands once it has it. */
public sealed interface FeedItem {

    FeedCursor cursor();

    /** The next event. */
    record Event(FeedCursor cursor, EventSummary event) implements FeedItem {}

    /** What an analyzer found; never before the event at which it found it. */
    record Result(FeedCursor cursor, AnalysisNews result) implements FeedItem {}

    /**
     * Events {@code from} to {@code to} are missing in the database, though later ones are there.
     */
    record Gap(FeedCursor cursor, long from, long to) implements FeedItem {}

    /** Nothing that a filter lets through came up to here. */
    record Progress(FeedCursor cursor) implements FeedItem {}
}
