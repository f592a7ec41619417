package kontor.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import kontor.journal.ledger.Effect;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.data.jdbc.core.convert.DataAccessStrategy;
import org.springframework.data.jdbc.core.convert.DataAccessStrategyFactory;
import org.springframework.data.jdbc.core.convert.DefaultJdbcTypeFactory;
import org.springframework.data.jdbc.core.convert.JdbcConverter;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.core.convert.MappingJdbcConverter;
import org.springframework.data.jdbc.core.convert.QueryMappingConfiguration;
import org.springframework.data.jdbc.core.dialect.JdbcPostgresDialect;
import org.springframework.data.jdbc.core.mapping.JdbcMappingContext;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * The sessions, one aggregate each, by Spring Data JDBC; takes part in the transaction around it.
 *
 * <p>Put together here and not by Boot, which asks a database for its dialect at start: ours may be
 * away then.
 */
final class SessionTable {

    private final JdbcAggregateOperations sessions;

    SessionTable(JdbcOperations jdbc) {
        JdbcPostgresDialect dialect = JdbcPostgresDialect.INSTANCE;
        JdbcCustomConversions conversions = JdbcCustomConversions.of(dialect, List.of());
        JdbcMappingContext context = new JdbcMappingContext();
        context.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        JdbcConverter converter =
                new MappingJdbcConverter(
                        context,
                        (_, _) -> List.of(), // a session has no parts
                        conversions,
                        new DefaultJdbcTypeFactory(jdbc));
        DataAccessStrategy strategy =
                new DataAccessStrategyFactory(
                                converter,
                                new NamedParameterJdbcTemplate(jdbc),
                                dialect,
                                QueryMappingConfiguration.EMPTY)
                        .create();
        this.sessions = new JdbcAggregateTemplate(converter, strategy);
    }

    void start(Effect.StartSession started) {
        sessions.insert(
                new SessionRow(
                        started.session().value(),
                        started.lab(),
                        started.ordinal(),
                        instant(started.startedAtMicros()),
                        null,
                        null));
    }

    void end(Effect.EndSession ended) {
        UUID id = ended.session().value();
        SessionRow row = requireNonNull(sessions.findById(id, SessionRow.class));
        sessions.update(row.ended(instant(ended.endedAtMicros()), ended.reason()));
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
