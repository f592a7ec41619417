package kontor.gateway.sampling;

import static java.util.Objects.requireNonNull;

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
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the messages that a selection names, in their order: by one query, whose rows come a page
 * at a time. Two are read at once; a third waits for its turn. Blocks; throws DataAccessException.
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

    private static final String MESSAGES =
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
                    + " limit :most";

    private final JdbcClient jdbc;
    private final FilterArchive filters;
    private final TransactionTemplate oneSnapshot;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    SampleArchive(JdbcClient jdbc, FilterArchive filters, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.filters = filters;
        this.oneSnapshot = new TransactionTemplate(transactions);
        oneSnapshot.setReadOnly(true);
    }

    /** Gives each message that was selected to {@code reader}, in their order. */
    public Sample read(UUID session, Selection wanted, Consumer<SampledMessage> reader) {
        turns.acquireUninterruptibly();
        try {
            // Without a transaction the driver would take all rows into memory at once.
            return requireNonNull(
                    oneSnapshot.execute(_ -> new Reading(session, wanted, reader).all()));
        } finally {
            turns.release();
        }
    }

    /** One reading of a selection. */
    private final class Reading {

        private final UUID session;
        private final Selection wanted;
        private final SqlFilter filter;
        private final Consumer<SampledMessage> reader;
        private final List<SampledMessage> undecided = new ArrayList<>();
        private @Nullable Long first;
        private @Nullable Long last;
        private long taken;
        private int looked;

        Reading(UUID session, Selection wanted, Consumer<SampledMessage> reader) {
            this.session = session;
            this.wanted = wanted;
            this.filter = wanted.filter().sql(StoredRows.MESSAGES);
            this.reader = reader;
        }

        Sample all() {
            @Nullable Long after = wanted.after();
            Optional<MessageCursor> leftOut = after == null ? newestLeftOut() : Optional.empty();
            MessageCursor behind =
                    after == null
                            ? leftOut.orElse(MessageCursor.BEGINNING)
                            : new MessageCursor(after, Integer.MAX_VALUE, "");
            // One more tells whether there are more.
            bound(MESSAGES)
                    .param("bytes", wanted.bytes())
                    .param("sequence", behind.sequence())
                    .param("index", behind.index())
                    .param("analyzer", behind.analyzer())
                    .param("most", wanted.most() + 1)
                    .withFetchSize(Math.clamp(PAGE_BYTES / Math.max(1, wanted.bytes()), 1, PAGE))
                    .query((ResultSet row) -> {
                        if (looked < wanted.most()) {
                            on(message(row));
                        }
                        looked++;
                    });
            decide();
            return new Sample(first, last, taken, leftOut.isEmpty() && looked <= wanted.most());
        }

        /** Where SQL cannot decide, the filter's predicate does, for many at a time. */
        private void on(SampledMessage message) {
            if (filter instanceof SqlFilter.Exact) {
                take(message);
                return;
            }
            undecided.add(message);
            if (undecided.size() == PAGE) {
                decide();
            }
        }

        private void decide() {
            List<MessageCursor> places = new ArrayList<>();
            undecided.forEach(message -> places.add(place(message)));
            Set<MessageCursor> kept =
                    new HashSet<>(filters.acceptedMessages(session, places, wanted.filter()));
            undecided.stream().filter(message -> kept.contains(place(message))).forEach(this::take);
            undecided.clear();
        }

        private void take(SampledMessage message) {
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

    /** By the numbers of the columns, as there are many rows. */
    private static SampledMessage message(ResultSet row) throws SQLException {
        byte @Nullable [] content = row.getBytes(10);
        return new SampledMessage(
                row.getLong(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                Columns.instantOrNull(row, "at"),
                row.getInt(8),
                content == null ? Bytes.empty() : Bytes.owning(content));
    }
}
