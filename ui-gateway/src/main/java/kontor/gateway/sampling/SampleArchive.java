package kontor.gateway.sampling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import kontor.filters.sql.Sql;
import kontor.filters.sql.SqlFilter;
import kontor.filters.sql.StoredRows;
import kontor.gateway.filtering.FilterArchive;
import kontor.gateway.messages.MessageArchive.MessageCursor;
import kontor.gateway.tables.Columns;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/**
 * Reads the messages that a selection names, page by page in their order. Two are read at once; a
 * third waits for its turn. Blocks; throws DataAccessException.
 */
@Repository
public class SampleArchive {

    private static final int AT_ONCE = 2;

    /** A page has at most so many messages, and so many bytes. */
    private static final int PAGE = 2000;

    private static final int PAGE_BYTES = 8 << 20;

    private static final String FROM =
            """
            from analysis.messages m
            left join capture.events e
              on e.session_id = m.session_id and e.session_sequence = m.session_sequence
            left join capture.flows f on f.session_id = e.session_id and f.flow = e.flow
            where m.session_id = :session and (%s)
              and (cast(:protocol as text) is null or m.protocol = :protocol)
              and (cast(:type as text) is null or m.type = :type)
              and (cast(:from as text) is null or m.from_instance = :from)
              and m.session_sequence < :before
            """;

    private static final String PLACE = "m.session_sequence, m.message_index, m.analyzer";

    /** Where the messages begin of which there are as many as wanted up to the end. */
    private static final String BEGINNING =
            "select "
                    + PLACE
                    + " "
                    + FROM
                    + " order by m.session_sequence desc, m.message_index desc, m.analyzer desc"
                    + " offset :most limit 1";

    /** A message's bytes: of one event mostly, else of all that hold a part of it. */
    private static final String CONTENT =
            """
            case when jsonb_array_length(m.spans) = 1
                   and cast(m.spans -> 0 ->> 'sequence' as bigint) = m.session_sequence
                 then substr(e.payload, cast(m.spans -> 0 ->> 'offset' as integer) + 1,
                        least(cast(m.spans -> 0 ->> 'length' as integer), :bytes))
                 else (select substr(string_agg(
                          substr(p.payload, cast(s.span ->> 'offset' as integer) + 1,
                            cast(s.span ->> 'length' as integer)), ''::bytea order by s.place),
                          1, :bytes)
                       from jsonb_array_elements(m.spans) with ordinality as s (span, place)
                       join capture.events p on p.session_id = m.session_id
                        and p.session_sequence = cast(s.span ->> 'sequence' as bigint)
                       where s.place <= :bytes)
            end as content
            """;

    private static final String NEXT =
            "select "
                    + PLACE
                    + """
                    , m.protocol, m.type, m.from_instance, m.to_instance, m.length,
                    coalesce(e.captured_at, e.sequenced_at) as at,
                    """
                    + CONTENT
                    + FROM
                    + " and ("
                    + PLACE
                    + ") > (:sequence, :index, :analyzer) order by "
                    + PLACE
                    + " limit :page";

    private final JdbcClient jdbc;
    private final FilterArchive filters;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    SampleArchive(JdbcClient jdbc, FilterArchive filters) {
        this.jdbc = jdbc;
        this.filters = filters;
    }

    /** Gives each message that was selected to {@code reader}, in their order. */
    public Sample read(UUID session, Selection wanted, Consumer<SampledMessage> reader) {
        turns.acquireUninterruptibly();
        try {
            return new Reading(session, wanted).all(reader);
        } finally {
            turns.release();
        }
    }

    /** One reading of a selection. */
    private final class Reading {

        private final UUID session;
        private final Selection wanted;
        private final SqlFilter filter;
        private MessageCursor behind;
        private @Nullable Long first;
        private @Nullable Long last;
        private long taken;
        private int looked;

        Reading(UUID session, Selection wanted) {
            this.session = session;
            this.wanted = wanted;
            this.filter = wanted.filter().sql(StoredRows.MESSAGES);
            this.behind = MessageCursor.BEGINNING;
        }

        Sample all(Consumer<SampledMessage> reader) {
            Optional<MessageCursor> leftOut = Optional.empty();
            @Nullable Long after = wanted.after();
            if (after == null) {
                leftOut = newestLeftOut();
                behind = leftOut.orElse(behind);
            } else {
                behind = new MessageCursor(after, Integer.MAX_VALUE, "");
            }
            int page = Math.clamp(PAGE_BYTES / Math.max(1, wanted.bytes()), 1, PAGE);
            boolean more = true;
            while (more && looked < wanted.most()) {
                int size = Math.min(page, wanted.most() - looked);
                List<SampledMessage> found = next(size);
                looked += found.size();
                more = found.size() == size;
                accepted(found).forEach(message -> take(message, reader));
            }
            boolean complete = leftOut.isEmpty() && (!more || next(1).isEmpty());
            return new Sample(first, last, taken, complete);
        }

        private void take(SampledMessage message, Consumer<SampledMessage> reader) {
            first = first == null ? Long.valueOf(message.sequence()) : first;
            last = message.sequence();
            taken++;
            reader.accept(message);
        }

        private Optional<MessageCursor> newestLeftOut() {
            return bound(BEGINNING)
                    .param("most", wanted.most())
                    .query((row, number) ->
                            new MessageCursor(row.getLong(1), row.getInt(2), row.getString(3)))
                    .optional();
        }

        private List<SampledMessage> next(int size) {
            List<SampledMessage> found =
                    bound(NEXT)
                            .param("bytes", wanted.bytes())
                            .param("sequence", behind.sequence())
                            .param("index", behind.index())
                            .param("analyzer", behind.analyzer())
                            .param("page", size)
                            .query(SampleArchive::message)
                            .list();
            behind = found.isEmpty() ? behind : place(found.getLast());
            return found;
        }

        /** Where SQL cannot decide, the filter's predicate does. */
        private List<SampledMessage> accepted(List<SampledMessage> found) {
            if (filter instanceof SqlFilter.Exact) {
                return found;
            }
            List<MessageCursor> places = new ArrayList<>();
            found.forEach(message -> places.add(place(message)));
            Set<MessageCursor> kept =
                    new HashSet<>(filters.acceptedMessages(session, places, wanted.filter()));
            return found.stream().filter(message -> kept.contains(place(message))).toList();
        }

        private StatementSpec bound(String query) {
            Sql where = filter.where();
            StatementSpec statement =
                    jdbc.sql(query.formatted(where.named("filter")))
                            .param("session", session)
                            .param("protocol", wanted.protocol())
                            .param("type", wanted.type())
                            .param("from", wanted.from())
                            .param("before", wanted.before());
            for (int i = 0; i < where.parameters().size(); i++) {
                statement = statement.param("filter" + i, where.parameters().get(i));
            }
            return statement;
        }
    }

    private static MessageCursor place(SampledMessage message) {
        return new MessageCursor(message.sequence(), message.index(), message.analyzer());
    }

    private static SampledMessage message(ResultSet row, int number) throws SQLException {
        byte @Nullable [] content = row.getBytes("content");
        return new SampledMessage(
                row.getLong("session_sequence"),
                row.getInt("message_index"),
                row.getString("analyzer"),
                row.getString("protocol"),
                row.getString("type"),
                row.getString("from_instance"),
                row.getString("to_instance"),
                Columns.instantOrNull(row, "at"),
                row.getInt("length"),
                content == null ? Bytes.empty() : Bytes.owning(content));
    }
}
