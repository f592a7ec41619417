package kontor.gateway.markers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kontor.gateway.tables.Columns;
import kontor.gateway.tables.WritingRows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Markers, which the gateway itself writes. Blocks; throws DataAccessException. */
@Repository
public class MarkerArchive {

    private static final String SELECT =
            """
            select marker_id, session_sequence, label, created_at from capture.markers
            where session_id = :session
            """;

    private final JdbcClient jdbc;
    private final WritingRows writing;

    MarkerArchive(JdbcClient jdbc, WritingRows writing) {
        this.jdbc = jdbc;
        this.writing = writing;
    }

    /** All of a session, by session sequence, and at the same one in the order of their making. */
    public List<Marker> markers(UUID session) {
        return jdbc.sql(SELECT + "order by session_sequence, created_at, marker_id")
                .param("session", session)
                .query(MarkerArchive::marker)
                .list();
    }

    /** Those at events from one through another, both included, in the same order. */
    public List<Marker> markers(UUID session, long first, long last) {
        return jdbc.sql(
                        SELECT
                                + """
                                and session_sequence between :first and :last
                                order by session_sequence, created_at, marker_id
                                """)
                .param("session", session)
                .param("first", first)
                .param("last", last)
                .query(MarkerArchive::marker)
                .list();
    }

    void add(UUID session, Marker marker) {
        writing.write(rows ->
                rows.sql("insert into capture.markers values (?, ?, ?, ?, ?)")
                        .params(
                                session,
                                marker.id(),
                                marker.sequence(),
                                marker.label(),
                                Columns.timestamp(marker.createdAt()))
                        .update());
    }

    /** Returns what it was; empty where there is none. */
    Optional<Marker> remove(UUID session, UUID marker) {
        return writing.write(rows ->
                rows.sql(
                                """
                                delete from capture.markers
                                where session_id = ? and marker_id = ?
                                returning marker_id, session_sequence, label, created_at
                                """)
                        .params(session, marker)
                        .query(MarkerArchive::marker)
                        .optional());
    }

    private static Marker marker(ResultSet row, int number) throws SQLException {
        return new Marker(
                row.getObject("marker_id", UUID.class),
                row.getLong("session_sequence"),
                row.getString("label"),
                Columns.instant(row, "created_at"));
    }
}
