package kontor.gateway.tables;

import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/**
 * Writes to the few tables that are the gateway's to write; its connections only read otherwise.
 * Blocks; throws DataAccessException.
 */
@Component
public final class WritingRows {

    private final JdbcTemplate jdbc;

    WritingRows(DataSource source) {
        this.jdbc = new JdbcTemplate(source);
    }

    /** Runs statements in one transaction: all of them, or none where one fails. */
    public <T extends @Nullable Object> T write(Function<JdbcClient, T> statements) {
        return jdbc.execute(
                (ConnectionCallback<T>)
                        connection -> {
                            boolean readOnly = connection.isReadOnly();
                            connection.setReadOnly(false);
                            connection.setAutoCommit(false);
                            boolean done = false;
                            try {
                                T result =
                                        statements.apply(
                                                JdbcClient.create(
                                                        new SingleConnectionDataSource(
                                                                connection, true)));
                                connection.commit();
                                done = true;
                                return result;
                            } finally {
                                if (!done) {
                                    connection.rollback();
                                }
                                connection.setAutoCommit(true);
                                connection.setReadOnly(readOnly);
                            }
                        });
    }
}
