package kontor.gateway.live;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import kontor.filters.Filter;
import kontor.gateway.events.EventSummary;
import kontor.gateway.events.FeedCursor;
import org.jspecify.annotations.Nullable;

/**
 * What a filter lets through of a {@link Feed}. It asks which events the filter finds, and makes
 * items of the answer; in between come {@link FeedItem.Progress}, so that a reader who connects
 * again goes on where the search was.
 *
 * <p>Where an event alone decides, it comes as soon as without a filter, and its messages come if
 * it did. Where messages decide, it comes when analysis has passed it, right before its messages:
 * it is never wrong, and may be late. Each is sent once, wherever the reader goes on.
 *
 * <p>Not thread-safe; questions are answered one after the other, in their order.
 */
public final class Sieve {

    /** Events in one question. */
    static final int RANGE = 500;

    private final boolean messagesDecide;

    /** All up to here are decided; only where messages decide. */
    private long decided;

    /** The last event that was sent, where messages decide; its messages may still come. */
    private long sent;

    public Sieve(Filter filter, FeedCursor start) {
        this.messagesDecide = filter.needsMessages();
        this.decided = start.results();
        this.sent = start.marks().contains(FeedCursor.EVENT_SENT) ? start.results() : -1;
    }

    /**
     * Which of these events does the filter find?
     *
     * @param from excluded, up to {@code through}: what is asked; nothing where they are equal
     * @param waiting items that pass if theirs is found; gaps always
     * @param analysed messages up to here must be known
     * @param behind where the reader stands once it has the answer
     */
    public record Question(
            long from, long through, List<FeedItem> waiting, long analysed, FeedCursor behind) {

        public Question {
            waiting = List.copyOf(waiting);
        }

        /** Rising. */
        public List<Long> sequences() {
            Set<Long> sequences = new TreeSet<>();
            LongStream.rangeClosed(from + 1, through).forEach(sequences::add);
            for (FeedItem item : waiting) {
                switch (item) {
                    case FeedItem.Event event -> sequences.add(event.event().sequence());
                    case FeedItem.Result result -> sequences.add(result.result().sequence());
                    case FeedItem.Gap _, FeedItem.Progress _ -> {}
                }
            }
            return List.copyOf(sequences);
        }
    }

    /** What must be known before anything of these items can be sent. */
    public List<Question> questions(List<FeedItem> items) {
        if (items.isEmpty()) {
            return List.of();
        }
        FeedCursor behind = items.getLast().cursor();
        if (!messagesDecide) {
            return List.of(new Question(0, 0, items, 0, behind));
        }
        List<Question> questions = new ArrayList<>();
        for (FeedItem item : items) {
            switch (item) {
                case FeedItem.Result result -> ask(result, questions);
                case FeedItem.Gap gap ->
                        questions.add(new Question(0, 0, List.of(gap), 0, gap.cursor()));
                case FeedItem.Event _, FeedItem.Progress _ -> {}
            }
        }
        if (questions.isEmpty()) {
            questions.add(new Question(0, 0, List.of(), 0, behind));
        }
        return questions;
    }

    /** Analysis has come to its end: what it passed over has no messages. */
    public List<Question> rest(FeedCursor cursor) {
        List<Question> questions = new ArrayList<>();
        ranges(cursor.events(), decided, cursor, questions);
        return questions;
    }

    private void ask(FeedItem.Result result, List<Question> questions) {
        long sequence = result.result().sequence();
        ranges(sequence - 1, sequence, result.cursor(), questions);
        questions.add(
                new Question(sequence - 1, sequence, List.of(result), sequence, result.cursor()));
        decided = Math.max(decided, sequence);
    }

    private void ranges(long through, long analysed, FeedCursor cursor, List<Question> questions) {
        while (decided < through) {
            long end = Math.min(through, decided + RANGE);
            questions.add(
                    new Question(
                            decided, end, List.of(), analysed, cursor.withResultsThrough(end)));
            decided = end;
        }
    }

    /**
     * What the reader gets, in order.
     *
     * @param found those of the question's events that the filter finds
     * @param events their summaries; needed where messages decide
     */
    public List<FeedItem> answer(
            Question question, Set<Long> found, Map<Long, EventSummary> events) {
        List<FeedItem> items = new ArrayList<>();
        if (messagesDecide) {
            for (long sequence = question.from + 1; sequence <= question.through; sequence++) {
                @Nullable EventSummary event = events.get(sequence);
                if (found.contains(sequence) && event != null && sequence != sent) {
                    sent = sequence;
                    items.add(new FeedItem.Event(at(question, sequence), event));
                }
            }
        }
        for (FeedItem item : question.waiting) {
            switch (item) {
                case FeedItem.Event event when found.contains(event.event().sequence()) ->
                        items.add(event);
                case FeedItem.Result result when found.contains(result.result().sequence()) ->
                        items.add(new FeedItem.Result(marked(result.cursor()), result.result()));
                case FeedItem.Gap gap -> items.add(gap);
                case FeedItem.Event _, FeedItem.Result _, FeedItem.Progress _ -> {}
            }
        }
        FeedCursor behind = marked(question.behind);
        if (items.isEmpty() || !items.getLast().cursor().equals(behind)) {
            items.add(new FeedItem.Progress(behind));
        }
        return items;
    }

    /** Behind an event whose messages come next, or that has none. */
    private static FeedCursor at(Question question, long sequence) {
        boolean messagesFollow = !question.waiting.isEmpty();
        return messagesFollow
                ? question.behind.withEventSent(sequence)
                : question.behind.withResultsThrough(sequence);
    }

    private FeedCursor marked(FeedCursor cursor) {
        if (!messagesDecide || sent != cursor.results() || cursor.hasHadAll()) {
            return cursor;
        }
        Set<String> marks = new HashSet<>(cursor.marks());
        marks.add(FeedCursor.EVENT_SENT);
        return new FeedCursor(cursor.session(), cursor.events(), cursor.results(), marks);
    }
}
