package kontor.testing.infrastructure;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fresh, empty database in a real PostgreSQL 18 server of {@link Infrastructure}'s choice, on a
 * free port of 127.0.0.1. The server is one per JVM and does not sync to disk: right for tests
 * only.
 *
 * @param password empty: the server trusts loopback
 */
public record TestDatabase(String jdbcUrl, String user, String password) {

    private static final AtomicInteger NEXT = new AtomicInteger(1);

    /** Starts the server at the first call. */
    public static TestDatabase create() {
        String name = "test" + NEXT.getAndIncrement();
        DatabaseServer server = Shared.SERVER;
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), "");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("the test server refused a database", e);
        }
        return new TestDatabase(server.jdbcUrl(name), server.user(), "");
    }

    private static final class Shared {
        static final DatabaseServer SERVER =
                switch (Infrastructure.chosen()) {
                    case CONTAINERS -> Containers.startPostgres();
                    case EMBEDDED -> DatabaseServer.startEmbedded();
                };
    }
}
