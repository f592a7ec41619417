package kontor.gateway.filtering;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kontor.filters.Filter;
import kontor.filters.evaluation.EventFacts;
import kontor.filters.evaluation.SessionRow;
import kontor.filters.sql.Sql;
import kontor.filters.sql.SqlFilter;
import kontor.filters.sql.StoredRows;
import kontor.gateway.filtering.FactArchive.StoredMessage;
import kontor.gateway.filtering.Stretches.Stretch;
import kontor.gateway.messages.MessageArchive.MessageCursor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/**
 * Which stored events and messages a filter finds. Where SQL leaves some open, they are read and
 * the filter's predicate is asked. Blocks; throws DataAccessException.
 */
@Repository
public class FilterArchive {

    /** Candidates that are read at once. */
    private static final int CANDIDATES = 500;

    /** So many are read for a number at most. */
    private static final int MOST_OPEN = 20_000;

    private static final String EVENTS =
            """
            from capture.events e
            left join capture.flows f on f.session_id = e.session_id and f.flow = e.flow
            where e.session_id = :session and (%s)
            """;

    private static final String MESSAGES =
            """
            select m.session_sequence, m.message_index, m.analyzer
            from analysis.messages m
            left join capture.events e
              on e.session_id = m.session_id and e.session_sequence = m.session_sequence
            left join capture.flows f on f.session_id = e.session_id and f.flow = e.flow
            where m.session_id = :session and (%s)
              and (m.session_sequence, m.message_index, m.analyzer)
                > (:sequence, :index, :analyzer)
              and m.session_sequence between :from and :through
            """;

    private static final String LAST =
            """
            select greatest(
                (select max(session_sequence) from capture.events where session_id = :session),
                (select max(session_sequence) from analysis.messages where session_id = :session),
                0)
            """;

    /** No number is in a block behind the last that has one. */
    private static final String BLOCKS =
            """
            select b.block
            from (select cast(:session as uuid) as session_id, numbers.block
                  from generate_series(0, (select max(r.block) from analysis.number_ranges r
                    where r.session_id = :session)) as numbers (block)) b
            where %s
            order by b.block
            """;

    private final JdbcClient jdbc;
    private final FactArchive facts;

    FilterArchive(JdbcClient jdbc, FactArchive facts) {
        this.jdbc = jdbc;
        this.facts = facts;
    }

    /** The first events above {@code after} and below {@code before}, rising. */
    public List<Long> eventsAfter(UUID session, long after, long before, int limit, Filter filter) {
        return events(session, after, before, limit, filter, false);
    }

    /** The last events below {@code before}, rising. */
    public List<Long> eventsBefore(UUID session, long before, int limit, Filter filter) {
        return events(session, -1, before, limit, filter, true).reversed();
    }

    /** How many events it finds. */
    public long count(UUID session, Filter filter) {
        return switch (filter.sql(StoredRows.EVENTS_BETWEEN)) {
            case SqlFilter.Exact(Sql where) ->
                    stretches(session, filter).between(-1, Long.MAX_VALUE, false).stream()
                            .mapToLong(stretch -> count(session, stretch, where))
                            .sum();
            case SqlFilter.Candidates(Sql where) -> {
                Stretches stretches = stretches(session, filter);
                long count = 0;
                long after = -1;
                List<Long> found;
                do {
                    found =
                            sequences(
                                    session,
                                    stretches.between(after, Long.MAX_VALUE, false),
                                    CANDIDATES,
                                    where,
                                    false);
                    count += accepted(session, found, filter).size();
                    after = found.isEmpty() ? after : found.getLast();
                } while (found.size() == CANDIDATES);
                yield count;
            }
        };
    }

    private long count(UUID session, Stretch stretch, Sql where) {
        return inStretch(session, stretch, where, "count(*)", "").query(Long.class).single();
    }

    /**
     * How many events it finds in each block of a session up to a sequence; empty where SQL leaves
     * more of them open than should be read for a number.
     */
    public Optional<BlockCounts> blocks(UUID session, long through, Filter filter) {
        BlockCounts counts = BlockCounts.through(through);
        List<Stretch> stretches = stretches(session, filter).between(-1, through + 1, false);
        return switch (filter.sql(StoredRows.EVENTS_BETWEEN)) {
            case SqlFilter.Exact(Sql where) -> {
                stretches.forEach(stretch -> addBlocks(session, stretch, where, counts));
                yield Optional.of(counts);
            }
            case SqlFilter.Candidates(Sql where) -> {
                List<Long> found = sequences(session, stretches, MOST_OPEN + 1, where, false);
                if (found.size() > MOST_OPEN) {
                    yield Optional.empty();
                }
                for (int from = 0; from < found.size(); from += CANDIDATES) {
                    int to = Math.min(found.size(), from + CANDIDATES);
                    accepted(session, found.subList(from, to), filter)
                            .forEach(sequence -> counts.add(sequence >> counts.bits(), 1));
                }
                yield Optional.of(counts);
            }
        };
    }

    private void addBlocks(UUID session, Stretch stretch, Sql where, BlockCounts counts) {
        inStretch(
                        session,
                        stretch,
                        where,
                        "e.session_sequence >> :bits as block, count(*) as found",
                        "group by 1")
                .param("bits", counts.bits())
                .query((ResultSet row) -> counts.add(row.getLong("block"), row.getInt("found")));
    }

    /** Where in a session a filter may find something. */
    private Stretches stretches(UUID session, Filter filter) {
        return filter.blocks(StoredRows.EVENTS)
                .map(where ->
                        Stretches.of(
                                bound(session, BLOCKS, where)
                                        .query((row, number) -> row.getLong(1))
                                        .list(),
                                StoredRows.BLOCK_BITS))
                .orElseGet(() -> Stretches.through(last(session)));
    }

    private long last(UUID session) {
        return jdbc.sql(LAST).param("session", session).query(Long.class).single();
    }

    /** Those of these events that it finds. */
    public Set<Long> among(UUID session, Collection<Long> sequences, Filter filter) {
        if (sequences.isEmpty()) {
            return Set.of();
        }
        SqlFilter sql = filter.sql(StoredRows.EVENTS);
        List<Long> found =
                bound(
                                session,
                                "select e.session_sequence "
                                        + EVENTS
                                        + " and e.session_sequence in (:sequences)",
                                sql.where())
                        .param("sequences", sequences)
                        .query((row, number) -> row.getLong(1))
                        .list();
        return new HashSet<>(
                sql instanceof SqlFilter.Exact ? found : accepted(session, found, filter));
    }

    private List<Long> events(
            UUID session, long after, long before, int limit, Filter filter, boolean backwards) {
        Stretches stretches = stretches(session, filter);
        return switch (filter.sql(StoredRows.EVENTS_BETWEEN)) {
            case SqlFilter.Exact(Sql where) ->
                    sequences(
                            session,
                            stretches.between(after, before, backwards),
                            limit,
                            where,
                            backwards);
            case SqlFilter.Candidates(Sql where) -> {
                List<Long> accepted = new ArrayList<>();
                long above = after;
                long below = before;
                List<Long> found;
                do {
                    found =
                            sequences(
                                    session,
                                    stretches.between(above, below, backwards),
                                    CANDIDATES,
                                    where,
                                    backwards);
                    accepted.addAll(accepted(session, found, filter));
                    if (!found.isEmpty()) {
                        above = backwards ? above : found.getLast();
                        below = backwards ? found.getLast() : below;
                    }
                } while (accepted.size() < limit && found.size() == CANDIDATES);
                yield accepted.subList(0, Math.min(limit, accepted.size()));
            }
        };
    }

    /** The first that are found, in the order of the search. */
    private List<Long> sequences(
            UUID session, List<Stretch> stretches, int limit, Sql where, boolean backwards) {
        return Search.first(
                limit,
                stretches,
                backwards,
                (step, order, most) ->
                        inStretch(
                                        session,
                                        step,
                                        where,
                                        "e.session_sequence",
                                        "order by %s limit :limit"
                                                .formatted(order.by("e.session_sequence")))
                                .param("limit", most)
                                .query((row, number) -> row.getLong(1))
                                .list());
    }

    /** Those that the predicate is true for, in their order. */
    private List<Long> accepted(UUID session, List<Long> candidates, Filter filter) {
        Map<Long, EventFacts> events = facts.events(session, candidates);
        Map<Long, List<StoredMessage>> messages = facts.messages(session, candidates);
        return candidates.stream()
                .filter(sequence ->
                        filter.test(
                                new SessionRow(
                                        events.get(sequence),
                                        messages.getOrDefault(sequence, List.of()).stream()
                                                .map(StoredMessage::facts)
                                                .toList())))
                .toList();
    }

    /** Messages behind a place, in order. */
    public List<MessageCursor> messagesAfter(
            UUID session, MessageCursor after, int limit, Filter filter) {
        Stretches stretches = stretches(session, filter);
        return switch (filter.sql(StoredRows.MESSAGES)) {
            case SqlFilter.Exact(Sql where) -> messages(session, stretches, after, limit, where);
            case SqlFilter.Candidates(Sql where) -> {
                List<MessageCursor> accepted = new ArrayList<>();
                MessageCursor behind = after;
                List<MessageCursor> found;
                do {
                    found = messages(session, stretches, behind, CANDIDATES, where);
                    accepted.addAll(acceptedMessages(session, found, filter));
                    behind = found.isEmpty() ? behind : found.getLast();
                } while (accepted.size() < limit && found.size() == CANDIDATES);
                yield accepted.subList(0, Math.min(limit, accepted.size()));
            }
        };
    }

    private List<MessageCursor> messages(
            UUID session, Stretches stretches, MessageCursor after, int limit, Sql where) {
        return Search.first(
                limit,
                stretches.between(after.sequence() - 1, Long.MAX_VALUE, false),
                false,
                (step, order, most) ->
                        bound(
                                        session,
                                        MESSAGES
                                                + " order by "
                                                + order.by("m.session_sequence")
                                                + ", m.message_index, m.analyzer limit :limit",
                                        where)
                                .param("sequence", after.sequence())
                                .param("index", after.index())
                                .param("analyzer", after.analyzer())
                                .param("from", step.from())
                                .param("through", step.through())
                                .param("limit", most)
                                .query((row, number) ->
                                        new MessageCursor(
                                                row.getLong("session_sequence"),
                                                row.getInt("message_index"),
                                                row.getString("analyzer")))
                                .list());
    }

    /** Those of these messages that it finds, in their order. */
    public List<MessageCursor> acceptedMessages(
            UUID session, List<MessageCursor> candidates, Filter filter) {
        Set<Long> sequences = new HashSet<>();
        candidates.forEach(candidate -> sequences.add(candidate.sequence()));
        Map<Long, EventFacts> events = facts.events(session, sequences);
        Set<MessageCursor> accepted = new HashSet<>();
        facts.messages(session, sequences).values().stream()
                .flatMap(List::stream)
                .filter(message ->
                        filter.test(
                                new SessionRow(
                                        events.get(message.place().sequence()),
                                        List.of(message.facts()))))
                .forEach(message -> accepted.add(message.place()));
        return candidates.stream().filter(accepted::contains).toList();
    }

    /** Of the events in a stretch for which the condition is true. */
    private StatementSpec inStretch(
            UUID session, Stretch stretch, Sql where, String columns, String tail) {
        return bound(
                        session,
                        "select %s ".formatted(columns)
                                + EVENTS
                                + " and e.session_sequence between :from and :through "
                                + tail,
                        where)
                .param("from", stretch.from())
                .param("through", stretch.through());
    }

    private StatementSpec bound(UUID session, String query, Sql where) {
        StatementSpec statement =
                jdbc.sql(query.formatted(where.named("filter"))).param("session", session);
        for (int i = 0; i < where.parameters().size(); i++) {
            statement = statement.param("filter" + i, where.parameters().get(i));
        }
        return statement;
    }
}
