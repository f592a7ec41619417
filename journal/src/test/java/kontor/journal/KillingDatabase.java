package kontor.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A real database whose client dies at a commit: the connection is cut before or right after it,
 * and the thread is thrown out as by a kill.
 */
final class KillingDatabase extends DelegatingDataSource {

    /** Between COPY and commit, or between commit and its answer. */
    enum Moment {
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    /** Ends the journal's thread; nothing catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Moment moment;
    private final AtomicInteger batchesLeft;

    /**
     * @param batches so many are committed before the deadly one
     */
    KillingDatabase(DataSource real, Moment moment, int batches) {
        super(real);
        this.moment = moment;
        this.batchesLeft = new AtomicInteger(batches);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection real = super.getConnection();
        boolean[] hasCopied = {false};
        boolean[] isDead = {false};
        return (Connection)
                Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (_, method, arguments) -> {
                            if (isDead[0]) {
                                throw new Killed();
                            }
                            // Only a batch asks for the driver's own COPY or makes arrays.
                            hasCopied[0] |=
                                    method.getName().equals("unwrap")
                                            || (method.getName().equals("prepareStatement")
                                                    && String.valueOf(arguments[0])
                                                            .contains("unnest"));
                            if (method.getName().equals("commit")
                                    && hasCopied[0]
                                    && batchesLeft.getAndDecrement() == 0) {
                                if (moment == Moment.AFTER_COMMIT) {
                                    real.commit();
                                }
                                real.close();
                                isDead[0] = true;
                                throw new Killed();
                            }
                            try {
                                return method.invoke(real, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
