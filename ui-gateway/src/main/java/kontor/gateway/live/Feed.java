package kontor.gateway.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kontor.gateway.events.EventSummary;
import kontor.gateway.events.FeedCursor;
import kontor.gateway.messages.AnalysisNews;
import org.jspecify.annotations.Nullable;

/**
 * One reader's way through a session: every event once, in the order of the session sequence, and
 * every analysis result once, none before its event. It pulls: from memory where that reaches back
 * far enough, else from the database, and where neither has the next event yet, it waits. So the
 * reader decides the speed, and nothing is kept for it but its place.
 *
 * <p>The database holds a prefix of the log, as the journal writes in order. A hole in what it
 * returns is therefore a real one and is said; a missing end is lag and is waited for.
 *
 * <p>Not thread-safe; its caller takes one step after the other.
 */
public final class Feed {

    /** Room for the results at the cursor's own place, which are read again and left out. */
    private static final int ANALYZERS_AT_ONE_EVENT = 16;

    private static final String LAST_EVENT = "session_ended";

    private final int batch;
    private final long databasePollNanos;
    private final long idlePollNanos;

    private FeedCursor cursor;
    private boolean ended;
    private long eventsAskAgainNanos;
    private long resultsAskAgainNanos;

    /** The database had no further results up to this event, when it was asked last. */
    private long resultsAskedThrough = -1;

    /**
     * @param batch items in one step, at most
     * @param databasePollNanos between two looks into a database known to be behind
     * @param idlePollNanos between two looks into one that is not
     * @param nowNanos any rising clock, the same in all calls
     */
    public Feed(
            FeedCursor start,
            int batch,
            long databasePollNanos,
            long idlePollNanos,
            long nowNanos) {
        this.cursor = start;
        this.batch = batch;
        this.databasePollNanos = databasePollNanos;
        this.idlePollNanos = idlePollNanos;
        this.eventsAskAgainNanos = nowNanos;
        this.resultsAskAgainNanos = nowNanos;
    }

    public FeedCursor cursor() {
        return cursor;
    }

    /** Whether the session's last event was given: no further ones come. */
    public boolean hasEnded() {
        return ended;
    }

    /**
     * @param session what memory holds of it; null for nothing
     */
    public FeedStep next(@Nullable LiveSession session, long nowNanos) {
        // Results first: they belong to events already given, and must not starve behind new ones.
        Optional<List<AnalysisNews>> results =
                session == null
                        ? Optional.empty()
                        : session.results(cursor.results(), cursor.events(), resultsLimit());
        if (results.isPresent()) {
            List<FeedItem> items = resultItems(results.get());
            if (!items.isEmpty()) {
                return new FeedStep.Emit(items);
            }
        } else if (wantsResults(session) && nowNanos - resultsAskAgainNanos >= 0) {
            return new FeedStep.ReadResults(cursor.results(), cursor.events(), resultsLimit());
        }

        Optional<List<EventSummary>> events =
                session == null ? Optional.empty() : session.events(cursor.events(), batch);
        if (events.isPresent()) {
            if (!events.get().isEmpty()) {
                return new FeedStep.Emit(eventItems(events.get()));
            }
        } else if (!ended && nowNanos - eventsAskAgainNanos >= 0) {
            return new FeedStep.ReadEvents(cursor.events(), batch);
        }
        return new FeedStep.Await(
                untilNextLook(
                        results.isEmpty() && wantsResults(session), events.isEmpty(), nowNanos));
    }

    /** The answer to {@link FeedStep.ReadEvents}. */
    public List<FeedItem> onEvents(
            List<EventSummary> rows, @Nullable LiveSession session, long nowNanos) {
        if (rows.isEmpty()) {
            boolean behind = session != null && session.lastSequence() > cursor.events();
            eventsAskAgainNanos = nowNanos + (behind ? databasePollNanos : idlePollNanos);
        }
        return eventItems(rows);
    }

    /** The answer to {@link FeedStep.ReadResults}, which was asked at this feed's own cursor. */
    public List<FeedItem> onResults(List<AnalysisNews> rows, long nowNanos) {
        List<FeedItem> items = resultItems(rows);
        if (items.isEmpty()) {
            resultsAskedThrough = cursor.events();
            resultsAskAgainNanos = nowNanos + databasePollNanos;
        }
        return items;
    }

    /** The database did not answer. */
    public void onDatabaseAway(long nowNanos) {
        eventsAskAgainNanos = nowNanos + idlePollNanos;
        resultsAskAgainNanos = nowNanos + idlePollNanos;
    }

    /** Whether the database may hold results that were not given yet. */
    private boolean wantsResults(@Nullable LiveSession session) {
        if (cursor.results() > cursor.events()) {
            return false;
        }
        boolean heardOfMore =
                session != null
                        && session.lastResult() > cursor.results()
                        && cursor.events() > cursor.results();
        return heardOfMore || cursor.events() > resultsAskedThrough;
    }

    private int resultsLimit() {
        return batch + ANALYZERS_AT_ONE_EVENT;
    }

    private long untilNextLook(boolean results, boolean events, long nowNanos) {
        long wait = Long.MAX_VALUE;
        if (results) {
            wait = Math.min(wait, resultsAskAgainNanos - nowNanos);
        }
        if (events && !ended) {
            wait = Math.min(wait, eventsAskAgainNanos - nowNanos);
        }
        return Math.max(1, wait);
    }

    private List<FeedItem> eventItems(List<EventSummary> rows) {
        List<FeedItem> items = new ArrayList<>(rows.size());
        for (EventSummary row : rows) {
            if (row.sequence() <= cursor.events()) {
                continue;
            }
            if (row.sequence() != cursor.events() + 1) {
                long from = cursor.events() + 1;
                cursor = cursor.afterEvent(row.sequence() - 1);
                items.add(new FeedItem.Gap(cursor, from, row.sequence() - 1));
            }
            cursor = cursor.afterEvent(row.sequence());
            ended = ended || row.type().equals(LAST_EVENT);
            items.add(new FeedItem.Event(cursor, row));
        }
        return items;
    }

    private List<FeedItem> resultItems(List<AnalysisNews> rows) {
        List<FeedItem> items = new ArrayList<>(rows.size());
        for (AnalysisNews row : rows) {
            if (!cursor.hasHad(row.sequence(), row.analyzer())) {
                cursor = cursor.afterResult(row.sequence(), row.analyzer());
                items.add(new FeedItem.Result(cursor, row));
            }
        }
        return items;
    }
}
