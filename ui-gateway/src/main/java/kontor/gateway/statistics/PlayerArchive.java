package kontor.gateway.statistics;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The players that a session's game has named. Blocks; throws DataAccessException. */
@Repository
class PlayerArchive {

    private static final int MOST = 1000;

    private final JdbcClient jdbc;

    PlayerArchive(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Their DirectPlay ids. */
    Set<Long> ids(UUID session) {
        return new HashSet<>(
                jdbc.sql(
                                """
                                select distinct player from analysis.state_values
                                where session_id = :session limit :most
                                """)
                        .param("session", session)
                        .param("most", MOST)
                        .query(Long.class)
                        .list());
    }
}
