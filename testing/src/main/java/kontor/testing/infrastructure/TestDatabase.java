package kontor.testing.infrastructure;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fresh, empty database in a real PostgreSQL 18 server on a free port of 127.0.0.1. The server is
 * one per JVM and does not sync to disk: right for tests only.
 *
 * @param password empty: the server trusts loopback
 */
public record TestDatabase(String jdbcUrl, String user, String password) {

    private static final AtomicInteger NEXT = new AtomicInteger(1);

    /** Starts the server at the first call. */
    public static TestDatabase create() {
        String name = "test" + NEXT.getAndIncrement();
        EmbeddedPostgres server = Shared.SERVER;
        try (Connection connection =
                        DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("the test server refused a database", e);
        }
        String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), name);
        return new TestDatabase(url, "postgres", "");
    }

    private static final class Shared {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not start", e);
            }
        }
    }
}
