package kontor.gateway.sessions;

import java.util.UUID;
import kontor.gateway.tables.WritingRows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Names, notes and deletions, which the gateway itself writes. Blocks; throws DataAccessException.
 */
@Repository
public class HousekeepingArchive {

    /** Rows that one statement deletes: none takes longer than a query may. */
    private static final int ROWS_AT_ONCE = 20_000;

    private final JdbcClient jdbc;
    private final WritingRows writing;

    HousekeepingArchive(JdbcClient jdbc, WritingRows writing) {
        this.jdbc = jdbc;
        this.writing = writing;
    }

    /** Empty texts take away what was there; null leaves it. */
    public void describe(UUID session, @Nullable String name, @Nullable String note) {
        writing.write(rows ->
                rows.sql(
                                """
                                insert into capture.session_notes
                                values (:session, nullif(:name, ''), nullif(:note, ''))
                                on conflict (session_id) do update set
                                  name = case when cast(:name as text) is null
                                         then session_notes.name else excluded.name end,
                                  note = case when cast(:note as text) is null
                                         then session_notes.note else excluded.note end
                                """)
                        .param("session", session)
                        .param("name", name, java.sql.Types.VARCHAR)
                        .param("note", note, java.sql.Types.VARCHAR)
                        .update());
    }

    /** Whether somebody deleted it; its rows may still be on their way out. */
    public boolean isDeleted(UUID session) {
        return jdbc.sql(
                        "select exists (select from capture.deleted_sessions"
                                + " where session_id = :session)")
                .param("session", session)
                .query(Boolean.class)
                .single();
    }

    /** Whether analysis may still write of it. */
    boolean isBeingAnalysed(UUID session) {
        return jdbc.sql(
                        "select exists (select from analysis.sessions"
                                + " where session_id = :session and not ended)")
                .param("session", session)
                .query(Boolean.class)
                .single();
    }

    /** From now on it is shown nowhere, for ever. */
    void bury(SessionSummary session) {
        writing.write(rows ->
                rows.sql(
                                "insert into capture.deleted_sessions values (?, ?, ?, now())"
                                        + " on conflict do nothing")
                        .params(session.id(), session.lab(), session.name())
                        .update());
    }

    /**
     * Deletes all rows of a session that was buried; where it breaks off, it can be called again.
     * What analysis knows of its end stays: the next session of the lab goes on from there.
     */
    void clear(UUID session) {
        for (String table :
                new String[] {
                    "analysis.messages",
                    "analysis.results",
                    "analysis.number_ranges",
                    "analysis.state_changes",
                    "analysis.state_values",
                    "analysis.chat_lines",
                    "analysis.runs",
                    "capture.receipts",
                    "capture.deliveries",
                    "capture.events"
                }) {
            int deleted;
            do {
                deleted =
                        writing.write(rows ->
                                rows.sql(
                                                """
                                                delete from %1$s where ctid = any (array(
                                                  select ctid from %1$s where session_id = ?
                                                  limit %2$d))
                                                """
                                                        .formatted(table, ROWS_AT_ONCE))
                                        .param(session)
                                        .update());
            } while (deleted == ROWS_AT_ONCE);
        }
        writing.write(rows ->
                rows.sql("delete from capture.sessions where session_id = ?")
                        .param(session)
                        .update());
    }
}
