package kontor.gateway.sessions;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kontor.gateway.instances.RecordedRun;
import kontor.gateway.tables.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Sessions and runs as the journal has written them. Blocks; throws DataAccessException. */
@Repository
public class SessionArchive {

    private static final String COLUMNS =
            """
            select s.session_id, s.lab, s.ordinal, s.started_at, s.ended_at, s.end_reason,
                   coalesce(n.name, concat_ws(' ', s.lab, s.ordinal)) as name, n.note,
                   coalesce((select max(e.session_sequence) from capture.events e
                             where e.session_id = s.session_id), 0) as last_sequence,
                   case when exists (select from capture.runs r
                                     where r.lab = s.lab and r.capture_method = 'import')
                        then 'import' else 'games' end as origin
            from capture.sessions s
            left join capture.session_notes n using (session_id)
            where not exists (select from capture.deleted_sessions d
                              where d.session_id = s.session_id)
            """;

    private final JdbcClient jdbc;

    SessionArchive(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<SessionSummary> session(UUID id) {
        return jdbc.sql(COLUMNS + "and s.session_id = :id")
                .param("id", id)
                .query(SessionArchive::session)
                .optional();
    }

    /**
     * Newest first.
     *
     * @param before only those that started before this one, or at the same time with a lower id
     */
    public List<SessionSummary> sessions(@Nullable SessionCursor before, int limit) {
        String where =
                before == null ? "" : "and (s.started_at, s.session_id) < (:startedAt, :id)\n";
        JdbcClient.StatementSpec statement =
                jdbc.sql(
                                COLUMNS
                                        + where
                                        + "order by s.started_at desc, s.session_id desc"
                                        + " limit :limit")
                        .param("limit", limit);
        if (before != null) {
            statement =
                    statement
                            .param("startedAt", Columns.timestamp(before.startedAt()))
                            .param("id", before.id());
        }
        return statement.query(SessionArchive::session).list();
    }

    /** The running session of each lab; several of one lab where the journal is behind. */
    public List<SessionSummary> runningSessions() {
        return jdbc.sql(COLUMNS + "and s.ended_at is null order by s.started_at")
                .query(SessionArchive::session)
                .list();
    }

    /** Names of all labs that were ever recorded. */
    public List<String> labs() {
        return jdbc.sql(
                        "select lab from capture.sessions union select lab from capture.runs"
                                + " order by lab")
                .query((row, number) -> row.getString("lab"))
                .list();
    }

    /** The newest run of each instance. */
    public List<RecordedRun> newestRuns() {
        return jdbc.sql(
                        """
                        select distinct on (lab, instance)
                               lab, instance, run_id, host(instance_address) as address, started_at
                        from capture.runs
                        order by lab, instance, started_at desc
                        """)
                .query((row, number) ->
                        new RecordedRun(
                                row.getString("lab"),
                                row.getString("instance"),
                                row.getObject("run_id", UUID.class),
                                row.getString("address"),
                                Columns.instant(row, "started_at")))
                .list();
    }

    private static SessionSummary session(ResultSet row, int number) throws SQLException {
        @Nullable OffsetDateTime endedAt = row.getObject("ended_at", OffsetDateTime.class);
        return new SessionSummary(
                row.getObject("session_id", UUID.class),
                row.getString("lab"),
                row.getString("origin"),
                row.getObject("ordinal", Long.class),
                row.getString("name"),
                row.getString("note"),
                Columns.instant(row, "started_at"),
                endedAt == null ? null : endedAt.toInstant(),
                row.getString("end_reason"),
                row.getLong("last_sequence"));
    }

    /** A place in the list of sessions. */
    public record SessionCursor(Instant startedAt, UUID id) {}
}
