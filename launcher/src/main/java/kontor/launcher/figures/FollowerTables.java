package kontor.launcher.figures;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import kontor.launcher.plan.StackPlanner;
import kontor.topics.Topics;
import kontor.vocabulary.SessionId;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Where journal and analysis stand in the session log, and the rows that the journal wrote. */
final class FollowerTables implements AutoCloseable {

    /** The journal's positions. */
    static final String JOURNAL = "capture.journal_positions";

    /** Those of analysis. */
    static final String ANALYSIS = "analysis.positions";

    private static final long BETWEEN_LOOKS_MILLIS = 5;

    private final String url;
    private final Connection connection;

    private FollowerTables(String url) throws SQLException {
        this.url = url;
        this.connection = connect(url);
    }

    static FollowerTables open(String postgresUrl) throws SQLException {
        return new FollowerTables(postgresUrl);
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, StackPlanner.DATABASE_NAME, "");
    }

    /** Blocks writes of positions until it is closed: the owner of the table stands still. */
    Held hold(String table) throws SQLException {
        Connection locking = connect(url);
        try {
            locking.setAutoCommit(false);
            try (Statement lock = locking.createStatement()) {
                lock.execute("lock table %s in exclusive mode".formatted(table));
            }
            return new Held(locking);
        } catch (SQLException e) {
            locking.close();
            throw e;
        }
    }

    /** A lock. */
    static final class Held implements AutoCloseable {

        private final Connection locking;

        private Held(Connection locking) {
            this.locking = locking;
        }

        /** Before the end of its block; no error where it has been released. */
        void release() throws SQLException {
            locking.close();
        }

        @Override
        public void close() throws SQLException {
            release();
        }
    }

    /**
     * Waits until the positions in a table have come so far.
     *
     * @param ends in partitions of the session log
     * @throws IllegalStateException if they do not in time
     */
    void await(String table, Map<Integer, Long> ends, long patienceNanos)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + patienceNanos;
        while (!reached(positions(table), ends)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%s are %s and do not come to %s".formatted(table, positions(table), ends));
            }
            // A follower tells nobody how far it is: its table does.
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }

    private static boolean reached(Map<Integer, Long> positions, Map<Integer, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private Map<Integer, Long> positions(String table) throws SQLException {
        Map<Integer, Long> positions = new HashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select partition, next_offset from %s where topic = ?".formatted(table))) {
            query.setString(1, Topics.SESSION_EVENTS);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    positions.put(rows.getInt(1), rows.getLong(2));
                }
            }
        }
        return positions;
    }

    /** Rows of sessions that can be copied. */
    enum Copied {
        EVENTS("capture.events", "capture.sessions"),
        MESSAGES("analysis.messages", "analysis.messages");

        private final String table;

        /** Where deleting a session's rows deletes the copied ones too. */
        private final String root;

        Copied(String table, String root) {
            this.table = table;
            this.root = root;
        }
    }

    /**
     * A session's rows as those of another session, which is gone when they are closed.
     *
     * @throws IllegalStateException if there are no such rows
     */
    CopiedRows again(Copied what, SessionId session) throws SQLException, IOException {
        UUID other = UUID.randomUUID();
        String columns = columns(what);
        CopiedRows rows;
        Path file = Files.createTempFile("kontor-bench", ".rows");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                copying()
                        .copyOut(
                                "copy (select %s from %s where session_id = '%s')"
                                                .formatted(
                                                        columnsWith(columns, other),
                                                        what.table,
                                                        session)
                                        + " to stdout (format binary)",
                                out);
            }
            rows =
                    new CopiedRows(
                            copying(),
                            "copy %s (%s) from stdin (format binary)"
                                    .formatted(what.table, columns),
                            file,
                            () ->
                                    execute(
                                            "delete from %s where session_id = '%s'"
                                                    .formatted(what.root, other)));
        } finally {
            Files.delete(file);
        }
        if (rows.count() == 0) {
            throw new IllegalStateException(
                    "session %s has no rows in %s".formatted(session, what.table));
        }
        if (what == Copied.EVENTS) {
            execute(
                    """
                    insert into capture.sessions (session_id, lab, started_at)
                    select '%s', lab, started_at from capture.sessions where session_id = '%s'
                    """
                            .formatted(other, session));
        }
        return rows;
    }

    private CopyManager copying() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static String columnsWith(String columns, UUID session) {
        return Arrays.stream(columns.split(", ", -1))
                .map(column ->
                        column.equals("session_id") ? "'%s'::uuid".formatted(session) : column)
                .collect(Collectors.joining(", "));
    }

    private String columns(Copied what) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet rows =
                        query.executeQuery(
                                """
                                select string_agg(column_name, ', ' order by ordinal_position)
                                from information_schema.columns
                                where table_schema || '.' || table_name = '%s'
                                """
                                        .formatted(what.table))) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
