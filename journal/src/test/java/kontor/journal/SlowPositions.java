package kontor.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A real database that takes its time over the first question for the journal's positions. */
final class SlowPositions extends DelegatingDataSource {

    private final Runnable meanwhile;
    private final AtomicBoolean asked = new AtomicBoolean();

    SlowPositions(DataSource real, Runnable meanwhile) {
        super(real);
        this.meanwhile = meanwhile;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection real = super.getConnection();
        return proxy(
                Connection.class,
                real,
                made ->
                        made instanceof Statement statement
                                ? proxy(Statement.class, statement, answer -> answer)
                                : made);
    }

    private interface Answer {
        Object of(Object answer);
    }

    private <T> T proxy(Class<T> type, T real, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            if (method.getName().equals("executeQuery")
                                    && String.valueOf(arguments[0])
                                            .contains("from capture.journal_positions")
                                    && asked.compareAndSet(false, true)) {
                                meanwhile.run();
                            }
                            try {
                                Object result = method.invoke(real, arguments);
                                boolean plain = method.getName().equals("createStatement");
                                return plain ? answer.of(result) : result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }
}
