package kontor.gateway.continuity;

import java.sql.PreparedStatement;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verdicts that are settled, in {@code capture.verdicts}: the one table that the gateway writes.
 * The journal takes a verdict away with whatever it writes of its session (ADR 0021). Without the
 * table, or the right to write it, every question is answered by a new look.
 */
@Repository
public class VerdictArchive {

    private static final Logger LOG = LoggerFactory.getLogger(VerdictArchive.class);

    private final JdbcTemplate jdbc;
    private final JsonMapper json;

    VerdictArchive(JdbcTemplate jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * The verdict on a session that was kept; empty if none was, or by a version that said it in
     * other words.
     *
     * @param deep the one for which the topics were read again
     */
    public Optional<ContinuityReport> find(UUID session, boolean deep) {
        try {
            return JdbcClient.create(jdbc)
                    .sql(
                            """
                            select v.report::text from capture.verdicts v
                            join capture.sessions s using (session_id)
                            where v.session_id = ? and v.deep = ? and s.ended_at is not null
                            """)
                    .params(session, deep)
                    .query((row, _) -> row.getString(1))
                    .optional()
                    .map(text -> json.readValue(text, ContinuityReport.class));
        } catch (JacksonException | DataAccessException e) {
            LOG.debug("no stored verdict on session {}: a new look is taken", session, e);
            return Optional.empty();
        }
    }

    /** Keeps a settled verdict; where that fails, the next question is answered by a new look. */
    public void keep(ContinuityReport report, boolean deep) {
        try {
            jdbc.execute(
                    (ConnectionCallback<Integer>)
                            connection -> {
                                boolean readOnly = connection.isReadOnly();
                                connection.setReadOnly(false);
                                try (PreparedStatement insert =
                                        connection.prepareStatement(
                                                """
                                                insert into capture.verdicts
                                                    (session_id, deep, checked_at, report)
                                                select session_id, ?, now(), ?::jsonb from capture.sessions
                                                where session_id = ? and ended_at is not null
                                                on conflict (session_id, deep) do update
                                                set checked_at = excluded.checked_at, report = excluded.report
                                                """)) {
                                    insert.setBoolean(1, deep);
                                    insert.setString(2, json.writeValueAsString(report));
                                    insert.setObject(3, report.session());
                                    return insert.executeUpdate();
                                } finally {
                                    connection.setReadOnly(readOnly);
                                }
                            });
        } catch (JacksonException | DataAccessException e) {
            LOG.warn(
                    "Could not store the verdict on session {}; it is computed again at each"
                            + " request: {}",
                    report.session(),
                    e.getMessage());
        }
    }
}
