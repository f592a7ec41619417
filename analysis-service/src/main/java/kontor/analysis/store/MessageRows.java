package kontor.analysis.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kontor.analysis.analyzer.Message;
import kontor.analysis.sessions.Effect;
import kontor.database.CopyRows;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of messages: where analysis has its volume. They go in by COPY. */
final class MessageRows {

    private static final String TABLE = "analysis.messages";

    /** Of a transaction that meets messages which are there already. */
    private static final String ASIDE = "messages_aside";

    private static final String COLUMNS =
            """
            (session_id, session_sequence, message_index, analyzer, analyzer_version, flow,
                from_instance, to_instance, protocol, type, summary, completeness, problem,
                length, spans, fields, reassembled, field_values)\
            """;

    private MessageRows() {}

    /** A message with where it stands. */
    private record Row(Effect.Found finding, int index, Message message) {}

    /**
     * Stores messages that are not there.
     *
     * @throws DuplicateKeyException if one is; the transaction is void then
     */
    static void copy(JdbcTemplate jdbc, List<Effect.Found> found) {
        List<Row> rows = rows(found);
        if (!rows.isEmpty()) {
            copy(jdbc, TABLE, rows);
        }
    }

    /** Stores those messages that are not there, which costs more; the others stay as they are. */
    static void copyMissing(JdbcTemplate jdbc, List<Effect.Found> found) {
        List<Row> rows = rows(found);
        if (!rows.isEmpty()) {
            jdbc.execute("create temp table %s (like %s) on commit drop".formatted(ASIDE, TABLE));
            copy(jdbc, ASIDE, rows);
            jdbc.execute(
                    "insert into %s select * from %s on conflict do nothing"
                            .formatted(TABLE, ASIDE));
            jdbc.execute("drop table " + ASIDE);
        }
    }

    private static List<Row> rows(List<Effect.Found> found) {
        List<Row> rows = new ArrayList<>();
        for (Effect.Found finding : found) {
            for (int i = 0; i < finding.messages().size(); i++) {
                rows.add(new Row(finding, i, finding.messages().get(i)));
            }
        }
        return rows;
    }

    private static void copy(JdbcTemplate jdbc, String table, List<Row> rows) {
        jdbc.execute(
                (ConnectionCallback<Long>)
                        connection ->
                                CopyRows.into(
                                        connection, table + COLUMNS, copy -> write(copy, rows)));
    }

    private static void write(CopyRows copy, List<Row> rows) throws SQLException {
        for (Row row : rows) {
            Message message = row.message;
            String to = message.route().to();
            copy.row(18)
                    .uuid(row.finding.session().value())
                    .bigint(row.finding.sequence())
                    .integer(row.index)
                    .text(row.finding.analyzer())
                    .text(row.finding.version())
                    .integer(message.flow())
                    .text(message.route().from())
                    .text(to.isEmpty() ? null : to)
                    .text(message.protocol())
                    .text(message.type())
                    .text(message.summary())
                    .text(message.completeness().name().toLowerCase(Locale.ROOT))
                    .text(message.problem().orElse(null))
                    .integer(message.length())
                    .jsonb(MessageJson.ofSpans(message.spans()))
                    .jsonb(MessageJson.ofFields(message.fields()))
                    .bool(message.isReassembled())
                    .jsonb(MessageJson.ofValues(message.fields()));
        }
    }
}
