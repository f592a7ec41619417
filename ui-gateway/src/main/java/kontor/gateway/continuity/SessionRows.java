package kontor.gateway.continuity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import kontor.gateway.continuity.EventRow.Answer;
import kontor.gateway.continuity.EventRow.Delivery;
import kontor.gateway.continuity.EventRow.Input;
import kontor.gateway.continuity.EventRow.Part;
import kontor.gateway.continuity.EventRow.Payload;
import kontor.gateway.continuity.EventRow.Said;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * The rows of a session's events, deliveries and receipts, each table read once in the order of the
 * session sequence and merged here: no join, so nothing for a planner to be wrong about. Within one
 * transaction, on one thread.
 *
 * <p>By plain JDBC, in the driver's binary format: there may be a million rows.
 */
final class SessionRows implements AutoCloseable {

    private static final int ROWS_AT_ONCE = 5000;
    private static final int PROGRESS_EVERY = 5000;

    /** The driver then asks for binary values from the first execution on. */
    private static final int BINARY_AT_ONCE = -1;

    private static final double MICROS = 1e6;

    private final Table events;
    private final Numbered<Delivery> deliveries;
    private final Numbered<Answer> answers;

    /**
     * @param connection in a transaction
     */
    SessionRows(Connection connection, UUID session, long from) throws SQLException {
        events = new Table(connection, EVENTS, session, from);
        deliveries =
                new Numbered<>(
                        new Table(connection, DELIVERIES, session, from), SessionRows::delivery);
        answers =
                new Numbered<>(new Table(connection, ANSWERS, session, from), SessionRows::answer);
    }

    /** Hands out the events with what belongs to each, in the order of the session. */
    void forEach(Consumer<EventRow> each, LongConsumer progress) throws SQLException {
        for (int count = 1; events.rows.next(); count++) {
            long sequence = events.rows.getLong(1);
            each.accept(event(events.rows, deliveries.upTo(sequence), answers.upTo(sequence)));
            if (count % PROGRESS_EVERY == 0) {
                progress.accept(sequence);
            }
        }
    }

    private static final String EVENTS =
            """
            select session_sequence, date_part('epoch', sequenced_at), type, verdict,
                   case when type <> 'injection' then run_id end, instance, adapter_sequence,
                   case when type in ('flow_half_closed', 'flow_reset', 'flow_refused')
                        then date_part('epoch', captured_at) end,
                   flow, from_opener, octet_length(payload), crc32c(payload), payload_crc32c,
                   input_topic, input_partition, input_offset,
                   case when type in ('flow_data', 'flow_half_closed', 'flow_reset')
                        then coalesce((detail ->> 'streamOffset')::bigint,
                                      (detail ->> 'streamLength')::bigint, 0) end
            from capture.events
            where session_id = ? and session_sequence >= ?
            order by session_sequence
            """;

    private static EventRow event(ResultSet row, List<Delivery> deliveries, List<Answer> answers)
            throws SQLException {
        Instant sequencedAt = instant(row.getDouble(2));
        @Nullable UUID run = row.getObject(5, UUID.class);
        @Nullable String instance = row.getString(6);
        double capturedAt = row.getDouble(8);
        @Nullable Integer flow = integer(row, 9);
        @Nullable Integer bytes = integer(row, 11);
        @Nullable Long offset = number(row, 16);
        return new EventRow(
                row.getLong(1),
                sequencedAt,
                row.getString(3),
                row.getString(4),
                run == null
                        ? null
                        : new Said(
                                instance == null ? "" : instance,
                                run,
                                row.getLong(7),
                                capturedAt == 0 ? sequencedAt : instant(capturedAt)),
                flow == null ? null : new Part(flow, row.getBoolean(10)),
                bytes == null ? null : new Payload(bytes, row.getLong(12), number(row, 13)),
                offset == null ? null : new Input(row.getString(14), row.getInt(15), offset),
                number(row, 17),
                deliveries,
                answers);
    }

    private static final String DELIVERIES =
            """
            select session_sequence, instance, target_run_id, command_sequence,
                   octet_length(delivered_payload)::bigint * coalesce(copies, 1)
            from capture.deliveries
            where session_id = ? and session_sequence >= ?
            order by session_sequence
            """;

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getString(2), row.getObject(3, UUID.class), row.getLong(4), number(row, 5));
    }

    /** What a later run or a later owner made refuse a command is no answer of who was told. */
    private static final String ANSWERS =
            """
            select session_sequence, instance, target_run_id, command_sequence,
                   outcome = 'failed', date_part('epoch', done_at), payload_bytes, detail
            from capture.receipts
            where session_id = ? and session_sequence >= ?
              and run_id = target_run_id and outcome in ('done', 'failed')
            order by session_sequence
            """;

    private static Answer answer(ResultSet row) throws SQLException {
        return new Answer(
                row.getLong(1),
                row.getString(2),
                row.getObject(3, UUID.class),
                row.getLong(4),
                row.getBoolean(5),
                instant(row.getDouble(6)),
                row.getLong(7),
                row.getString(8));
    }

    private static Instant instant(double seconds) {
        return Instant.EPOCH.plus(Math.round(seconds * MICROS), ChronoUnit.MICROS);
    }

    private static @Nullable Integer integer(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** One table's rows, fetched as they are wanted. */
    private static final class Table implements AutoCloseable {

        private final PreparedStatement statement;
        private final ResultSet rows;

        Table(Connection connection, String sql, UUID session, long from) throws SQLException {
            statement = connection.prepareStatement(sql);
            statement.unwrap(PGStatement.class).setPrepareThreshold(BINARY_AT_ONCE);
            statement.setFetchSize(ROWS_AT_ONCE);
            statement.setObject(1, session);
            statement.setLong(2, from);
            rows = statement.executeQuery();
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }

    /** Reads a value of a row. */
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Rows by rising sequence, which is their first column; taken as far as they are wanted. */
    private static final class Numbered<T> implements AutoCloseable {

        private final Table table;
        private final Reader<T> reader;
        private boolean isOver;
        private long next;

        Numbered(Table table, Reader<T> reader) throws SQLException {
            this.table = table;
            this.reader = reader;
            advance();
        }

        List<T> upTo(long sequence) throws SQLException {
            if (isOver || next > sequence) {
                return List.of();
            }
            List<T> taken = new ArrayList<>(2);
            while (!isOver && next <= sequence) {
                taken.add(reader.read(table.rows));
                advance();
            }
            return taken;
        }

        private void advance() throws SQLException {
            isOver = !table.rows.next();
            next = isOver ? 0 : table.rows.getLong(1);
        }

        @Override
        public void close() throws SQLException {
            table.close();
        }
    }

    @Override
    public void close() throws SQLException {
        try (events;
                deliveries;
                answers) {
            // Closes them all, whichever fails.
        }
    }
}
