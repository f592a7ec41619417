package kontor.analysis.store;

import java.sql.SQLException;
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

    /**
     * Stores messages that are not there.
     *
     * @throws DuplicateKeyException if one is; the transaction is void then
     */
    static void copy(JdbcTemplate jdbc, List<Effect.Found> found) {
        if (hasMessages(found)) {
            copy(jdbc, TABLE, found);
        }
    }

    /** Stores those messages that are not there, which costs more; the others stay as they are. */
    static void copyMissing(JdbcTemplate jdbc, List<Effect.Found> found) {
        if (hasMessages(found)) {
            jdbc.execute("create temp table %s (like %s) on commit drop".formatted(ASIDE, TABLE));
            copy(jdbc, ASIDE, found);
            jdbc.execute(
                    "insert into %s select * from %s on conflict do nothing"
                            .formatted(TABLE, ASIDE));
            jdbc.execute("drop table " + ASIDE);
        }
    }

    private static boolean hasMessages(List<Effect.Found> found) {
        return found.stream().anyMatch(finding -> !finding.messages().isEmpty());
    }

    private static void copy(JdbcTemplate jdbc, String table, List<Effect.Found> found) {
        jdbc.execute(
                (ConnectionCallback<Long>)
                        connection ->
                                CopyRows.into(
                                        connection, table + COLUMNS, copy -> write(copy, found)));
    }

    private static void write(CopyRows copy, List<Effect.Found> found) throws SQLException {
        for (Effect.Found finding : found) {
            for (int index = 0; index < finding.messages().size(); index++) {
                write(copy, finding, index);
            }
        }
    }

    private static void write(CopyRows copy, Effect.Found finding, int index) throws SQLException {
        Message message = finding.messages().get(index);
        String to = message.route().to();
        copy.row(18)
                .uuid(finding.session().value())
                .bigint(finding.sequence())
                .integer(index)
                .text(finding.analyzer())
                .text(finding.version())
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
