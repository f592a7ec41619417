package kontor.analysis.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import kontor.analysis.state.StateChange;
import kontor.analysis.state.StateChange.Changed;
import kontor.analysis.state.StateChange.Said;
import kontor.vocabulary.SessionId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes what changed in the states of games, within the caller's transaction. Rows that are there
 * already stay as they are, so writing again changes nothing.
 */
final class StateRows {

    private static final String INSERT_VALUES =
            """
            insert into analysis.state_values (session_id, path, kind, player, instance, island,
                thing, item, label, first_sequence)
            select distinct on (s, p) s, p, k, pl, i, nullif(isl, -1), nullif(t, -1),
                nullif(it, -1), l, n
            from unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::int[],
                ?::int[], ?::int[], ?::text[], ?::bigint[])
                as rows(s, p, k, pl, i, isl, t, it, l, n)
            order by s, p, n
            on conflict do nothing
            """;

    private static final String INSERT_CHANGES =
            """
            insert into analysis.state_changes (session_id, path, session_sequence, message_index,
                ordinal, number, display, previous)
            select * from unnest(?::uuid[], ?::text[], ?::bigint[], ?::int[], ?::int[],
                ?::bigint[], ?::text[], ?::bigint[])
            on conflict do nothing
            """;

    private static final String INSERT_LINES =
            """
            insert into analysis.chat_lines (session_id, session_sequence, message_index, player,
                instance, from_place, to_place, line)
            select * from unnest(?::uuid[], ?::bigint[], ?::int[], ?::bigint[], ?::text[],
                ?::bigint[], ?::bigint[], ?::text[])
            on conflict do nothing
            """;

    private record Row<T extends StateChange>(SessionId session, T what) {}

    private StateRows() {}

    static void insert(JdbcTemplate jdbc, List<Batch.Told> told) {
        List<Row<Changed>> changes = new ArrayList<>();
        List<Row<Said>> lines = new ArrayList<>();
        for (Batch.Told one : told) {
            switch (one.change()) {
                case Changed changed -> changes.add(new Row<>(one.session(), changed));
                case Said said -> lines.add(new Row<>(one.session(), said));
            }
        }
        if (!changes.isEmpty()) {
            jdbc.update(connection -> values(connection, changes));
            jdbc.update(connection -> changes(connection, changes));
        }
        if (!lines.isEmpty()) {
            jdbc.update(connection -> lines(connection, lines));
        }
    }

    private static PreparedStatement values(Connection connection, List<Row<Changed>> rows)
            throws SQLException {
        return new Arrays<>(connection, INSERT_VALUES, rows)
                .add("uuid", row -> row.session.value())
                .add("text", row -> row.what.key().path())
                .add("text", row -> row.what.key().kind().word())
                .add("bigint", row -> row.what.key().player())
                .add("text", row -> row.what.key().instance())
                .add("int", row -> row.what.key().island())
                .add("int", row -> row.what.key().thing())
                .add("int", row -> row.what.key().item())
                .add("text", row -> row.what.key().label())
                .add("bigint", row -> row.what.sequence())
                .statement;
    }

    private static PreparedStatement changes(Connection connection, List<Row<Changed>> rows)
            throws SQLException {
        return new Arrays<>(connection, INSERT_CHANGES, rows)
                .add("uuid", row -> row.session.value())
                .add("text", row -> row.what.key().path())
                .add("bigint", row -> row.what.sequence())
                .add("int", row -> row.what.message())
                .add("int", row -> row.what.ordinal())
                .add("bigint", row -> orNull(row.what.number()))
                .add("text", row -> row.what.display())
                .add("bigint", row -> orNull(row.what.previous()))
                .statement;
    }

    private static PreparedStatement lines(Connection connection, List<Row<Said>> rows)
            throws SQLException {
        return new Arrays<>(connection, INSERT_LINES, rows)
                .add("uuid", row -> row.session.value())
                .add("bigint", row -> row.what.sequence())
                .add("int", row -> row.what.message())
                .add("bigint", row -> row.what.player())
                .add("text", row -> row.what.instance())
                .add("bigint", row -> orNull(row.what.from()))
                .add("bigint", row -> orNull(row.what.to()))
                .add("text", row -> row.what.text())
                .statement;
    }

    private static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? Long.valueOf(number.getAsLong()) : null;
    }

    private static @Nullable Long orNull(Optional<Long> number) {
        return number.orElse(null);
    }

    /** The arrays of one insert, column by column. */
    private static final class Arrays<T> {

        private final Connection connection;
        private final List<T> rows;
        private final PreparedStatement statement;
        private int next = 1;

        Arrays(Connection connection, String sql, List<T> rows) throws SQLException {
            this.connection = connection;
            this.rows = rows;
            this.statement = connection.prepareStatement(sql);
        }

        Arrays<T> add(String type, Function<T, @Nullable Object> value) throws SQLException {
            @Nullable Object[] values = rows.stream().map(value).toArray();
            statement.setArray(next++, connection.createArrayOf(type, values));
            return this;
        }
    }
}
