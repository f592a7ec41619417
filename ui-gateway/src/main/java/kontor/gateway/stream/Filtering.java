package kontor.gateway.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kontor.filters.Filter;
import kontor.gateway.events.EventArchive;
import kontor.gateway.events.EventSummary;
import kontor.gateway.events.FeedCursor;
import kontor.gateway.filtering.FilterArchive;
import kontor.gateway.live.FeedItem;
import kontor.gateway.live.LiveSession;
import kontor.gateway.live.LiveSessions;
import kontor.gateway.live.Sieve;
import kontor.gateway.live.Sieve.Question;
import kontor.gateway.messages.MessageArchive;

/**
 * Answers a {@link Sieve}'s questions for one subscriber: from memory by the filter's predicate, or
 * from the database by its SQL. Used by one step at a time.
 */
final class Filtering {

    private final Filter filter;
    private final UUID id;
    private final Sieve sieve;
    private final Deque<Question> questions = new ArrayDeque<>();
    private final LiveSessions sessions;
    private final EventArchive events;
    private final MessageArchive messages;
    private final FilterArchive filtered;
    private boolean mayHaveRest;

    Filtering(
            Filter filter,
            FeedCursor start,
            LiveSessions sessions,
            EventArchive events,
            MessageArchive messages,
            FilterArchive filtered) {
        this.filter = filter;
        this.id = start.session();
        this.sieve = new Sieve(filter, start);
        this.sessions = sessions;
        this.events = events;
        this.messages = messages;
        this.filtered = filtered;
        this.mayHaveRest = filter.needsMessages();
    }

    void ask(List<FeedItem> items) {
        questions.addAll(sieve.questions(items));
    }

    boolean isAsking() {
        return !questions.isEmpty();
    }

    /** Empty if the database must be asked. */
    Optional<List<FeedItem>> answerFromMemory() {
        Question question = questions.getFirst();
        List<Long> sequences = question.sequences();
        if (sequences.isEmpty()) {
            return Optional.of(answer(Set.of(), Map.of()));
        }
        return sessions.find(id)
                .flatMap(session ->
                        session.among(sequences, filter)
                                .flatMap(found ->
                                        summaries(session, found)
                                                .map(summaries -> answer(found, summaries))));
    }

    private Optional<Map<Long, EventSummary>> summaries(LiveSession session, Set<Long> found) {
        Map<Long, EventSummary> summaries = new HashMap<>();
        if (filter.needsMessages()) {
            for (long sequence : found) {
                session.event(sequence).ifPresent(event -> summaries.put(sequence, event));
            }
        }
        boolean complete = !filter.needsMessages() || summaries.size() == found.size();
        return complete ? Optional.of(summaries) : Optional.empty();
    }

    /** Empty while journal and analysis have not written what is asked about. Blocks. */
    Optional<List<FeedItem>> answerFromDatabase() {
        Question question = questions.getFirst();
        List<Long> sequences = question.sequences();
        boolean journalled = events.last(id) >= sequences.getLast();
        long analysed = question.analysed();
        if (!journalled || (analysed > 0 && !isStored(analysed))) {
            return Optional.empty();
        }
        Set<Long> found = filtered.among(id, sequences, filter);
        Map<Long, EventSummary> summaries = new HashMap<>();
        if (filter.needsMessages()) {
            events.events(id, found).forEach(event -> summaries.put(event.sequence(), event));
        }
        return Optional.of(answer(found, summaries));
    }

    private boolean isStored(long analysed) {
        return messages.reached(id, analysed).sequence() == analysed;
    }

    private List<FeedItem> answer(Set<Long> found, Map<Long, EventSummary> summaries) {
        return sieve.answer(questions.removeFirst(), found, summaries);
    }

    /** Whether events may wait for messages that will not come. */
    boolean mayHaveRest() {
        return mayHaveRest;
    }

    /**
     * Where analysis has come to the session's end: asks about the events behind its last message.
     * Blocks.
     */
    boolean askForTheRest(FeedCursor cursor) {
        if (!messages.isAnalysed(id)) {
            return false;
        }
        mayHaveRest = false;
        questions.addAll(sieve.rest(cursor));
        return true;
    }
}
