package kontor.gateway.live;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kontor.filters.Filter;
import kontor.gateway.events.EventSummary;
import kontor.gateway.messages.AnalysisNews;
import kontor.log.SessionOrder;

/**
 * What memory holds of one session: its newest events, without gaps, and its newest analysis
 * results. Repeats are ignored.
 *
 * <p>Thread-safe as {@link Ring} is.
 */
public final class LiveSession {

    /**
     * What may be kept of one session.
     *
     * @param entries events, and as many results
     * @param factBytes what filters ask about: payloads and fields of the newest of them
     */
    public record Capacity(int entries, long factBytes) {}

    private static final long UNHEARD = Long.MAX_VALUE;

    private final UUID id;
    private final String lab;
    private final Ring<EventSummary> events;
    private final Ring<AnalysisNews> results;
    private final LiveFacts facts;

    /** Analyzers heard at the newest result's sequence: several may speak about one event. */
    private final Set<String> analyzersAtLast = new HashSet<>();

    /**
     * @param floor what stands up to here is the database's; {@link #UNHEARD} until the first is
     *     heard, where earlier ones may have gone by
     */
    private LiveSession(UUID id, String lab, Capacity capacity, long floor) {
        this.id = id;
        this.lab = lab;
        this.events = new Ring<>(capacity.entries(), floor);
        this.results = new Ring<>(capacity.entries(), floor);
        this.facts = new LiveFacts(capacity.factBytes());
    }

    /** A session that began while it was being listened to: nothing of it is missing. */
    static LiveSession fromItsBeginning(UUID id, String lab, Capacity capacity) {
        return new LiveSession(id, lab, capacity, 0);
    }

    /** A session of which earlier parts may not have been listened to. */
    static LiveSession fromTheMiddle(UUID id, String lab, Capacity capacity) {
        return new LiveSession(id, lab, capacity, UNHEARD);
    }

    public UUID id() {
        return id;
    }

    public String lab() {
        return lab;
    }

    /**
     * Takes an event. Where some before it are missing (a record could not be read), it leaves what
     * came earlier to the database, which alone says whether there is a gap.
     *
     * @return false for a repeat
     */
    boolean onEvent(HeardEvent heard) {
        EventSummary event = heard.summary();
        boolean first = events.floor() == UNHEARD;
        SessionOrder order =
                first ? SessionOrder.AFTER_GAP : SessionOrder.of(events.last(), event.sequence());
        if (order == SessionOrder.REPEATED) {
            return false;
        }
        if (order == SessionOrder.AFTER_GAP) {
            events.restartAt(event.sequence() - 1);
        }
        // First what decides whether somebody wants it.
        facts.onEvent(heard.facts());
        events.append(event.sequence(), event);
        return true;
    }

    /**
     * Its first event comes only now, though a result was heard already (they come by another
     * topic): no result is missing then.
     */
    void beginsNow() {
        results.isFromTheBeginning();
    }

    /**
     * Takes an analysis result.
     *
     * @return false for a repeat, or one that is older than the newest
     */
    boolean onResult(HeardResult heard) {
        AnalysisNews result = heard.news();
        if (results.floor() == UNHEARD) {
            results.restartAt(result.sequence());
        }
        if (result.sequence() < results.last()) {
            // A repeat, or another version of an analyzer dissects history again.
            facts.onAnotherResult(result.sequence(), result.analyzer(), heard.facts());
            return false;
        }
        if (result.sequence() > results.last()) {
            analyzersAtLast.clear();
        }
        if (!analyzersAtLast.add(result.analyzer())) {
            return false;
        }
        facts.onResult(result.sequence(), result.analyzer(), heard.facts());
        results.append(result.sequence(), result);
        return true;
    }

    /** The highest session sequence heard of; 0 for none. */
    public long lastSequence() {
        return heard(events.last());
    }

    /** The highest sequence with an analysis result heard of; 0 for none. */
    long lastResult() {
        return heard(results.last());
    }

    /** How many events and results are in memory. */
    int kept() {
        return events.size() + results.size();
    }

    private static long heard(long last) {
        return last == UNHEARD ? 0 : last;
    }

    Optional<List<EventSummary>> events(long after, int limit) {
        return events.read(after + 1, Long.MAX_VALUE, limit);
    }

    /** From {@code from} on, included: there may be another analyzer's result at the same event. */
    Optional<List<AnalysisNews>> results(long from, long through, int limit) {
        return results.read(Math.max(1, from), through, limit);
    }

    /**
     * Those of these events that a filter finds, with what was found in them so far.
     *
     * @return empty where the database must be asked
     */
    public Optional<Set<Long>> among(List<Long> sequences, Filter filter) {
        boolean complete =
                !filter.needsMessages()
                        || sequences.stream().allMatch(sequence -> sequence > results.floor());
        return complete ? facts.among(sequences, filter) : Optional.empty();
    }

    /**
     * One event.
     *
     * @return empty where the database must be asked
     */
    public Optional<EventSummary> event(long sequence) {
        return events(sequence - 1, 1)
                .flatMap(found -> found.stream().findFirst())
                .filter(event -> event.sequence() == sequence);
    }
}
