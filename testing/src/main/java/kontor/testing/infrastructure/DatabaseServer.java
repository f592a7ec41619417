package kontor.testing.infrastructure;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A PostgreSQL server of the tests and its superuser, who needs no password. It does not sync to
 * disk.
 */
record DatabaseServer(String host, int port, String user) {

    /** Without an engine; it ends with the JVM. */
    static DatabaseServer startEmbedded() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder().start();
            return new DatabaseServer("127.0.0.1", server.getPort(), "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
    }
}
