package kontor.launcher.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import kontor.launcher.process.Probe;

/** Ready is a server that has our database and its user; both are made where missing. */
public final class DatabaseProbe implements Probe {

    private static final String TIMEOUT_SECONDS = "2";

    private final int port;
    private final String database;
    private final String user;

    /**
     * @param database a name that needs no quotes
     * @param user the same
     */
    public DatabaseProbe(int port, String database, String user) {
        this.port = port;
        this.database = database;
        this.user = user;
    }

    @Override
    public Answer ask() {
        Properties properties = new Properties();
        properties.setProperty("user", DatabaseCluster.SUPERUSER);
        properties.setProperty("connectTimeout", TIMEOUT_SECONDS);
        properties.setProperty("loginTimeout", TIMEOUT_SECONDS);
        String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement()) {
            make(statement, "pg_roles", "rolname", user, "CREATE ROLE %s LOGIN".formatted(user));
            make(
                    statement,
                    "pg_database",
                    "datname",
                    database,
                    "CREATE DATABASE %s OWNER %s".formatted(database, user));
            return new Answer.Ready(List.of());
        } catch (SQLException e) {
            return new Answer.NotYet(String.valueOf(e.getMessage()));
        }
    }

    private static void make(
            Statement statement, String table, String column, String name, String command)
            throws SQLException {
        String question = "SELECT 1 FROM %s WHERE %s = '%s'".formatted(table, column, name);
        try (ResultSet found = statement.executeQuery(question)) {
            if (found.next()) {
                return;
            }
        }
        statement.execute(command);
    }
}
