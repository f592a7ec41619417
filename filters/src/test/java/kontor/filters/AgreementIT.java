package kontor.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import kontor.filters.RandomSession.Entry;
import kontor.filters.evaluation.SessionRow;
import kontor.filters.sql.Sql;
import kontor.filters.sql.SqlFilter;
import kontor.filters.sql.StoredRows;
import kontor.testing.infrastructure.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random filters over random sessions: the predicate and PostgreSQL find the same rows. To run a
 * failing seed again: {@code -Dkontor.test.seed=...}.
 */
class AgreementIT {

    private static final int SESSIONS = 5;
    private static final int EVENTS = 40;
    private static final int FILTERS = 400;

    private static final String EVENT_ROWS =
            """
            select e.session_sequence::text from capture.events e
            left join capture.flows f on f.session_id = e.session_id and f.flow = e.flow
            where e.session_id = ? and (%s)
            """;

    private static final String MESSAGE_ROWS =
            """
            select m.session_sequence || '/' || m.message_index from analysis.messages m
            left join capture.events e
              on e.session_id = m.session_id and e.session_sequence = m.session_sequence
            left join capture.flows f on f.session_id = e.session_id and f.flow = e.flow
            where m.session_id = ? and (%s)
            """;

    /** A random session has one block. */
    private static final String BLOCKS =
            """
            select b.block::text from (select cast(? as uuid) as session_id, 0 as block) b
            where %s
            """;

    private static Connection connection;

    @BeforeAll
    static void start() throws SQLException, IOException {
        TestDatabase database = TestDatabase.create();
        connection =
                DriverManager.getConnection(
                        database.jdbcUrl(), database.user(), database.password());
        StoredSession.migrate(connection);
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
    }

    @Test
    void predicateAndSqlFindTheSameRows() throws SQLException {
        long seed = Long.getLong("kontor.test.seed", new Random().nextLong());
        Random random = new Random(seed);
        RandomFilters filters = new RandomFilters(random);
        int found = 0;
        int passedOver = 0;
        for (int s = 0; s < SESSIONS; s++) {
            RandomSession session = new RandomSession(random, EVENTS);
            StoredSession.store(connection, session);
            for (int i = 0; i < FILTERS; i++) {
                String text = filters.next();
                String place = "seed %d, session %d, filter %d: %s".formatted(seed, s, i, text);
                Filter filter = SampleFields.filter(text);
                try {
                    found += compare(session, filter, StoredRows.EVENTS, EVENT_ROWS, place);
                    found += compare(session, filter, StoredRows.MESSAGES, MESSAGE_ROWS, place);
                    passedOver += passedOver(session, filter, place);
                } catch (SQLException e) {
                    fail(place + "\n" + filter.sql(StoredRows.EVENTS).where(), e);
                }
            }
        }
        assertThat(found).as("rows found with seed " + seed).isGreaterThan(3_000);
        assertThat(passedOver).as("blocks passed over with seed " + seed).isPositive();
    }

    /** Returns how many blocks a search passes over, in none of which there is anything. */
    private static int passedOver(RandomSession session, Filter filter, String place)
            throws SQLException {
        Optional<Sql> blocks = filter.blocks(StoredRows.EVENTS);
        if (blocks.isEmpty()) {
            return 0;
        }
        Set<String> searched = stored(session, BLOCKS, blocks.get());
        Set<String> wanted = new TreeSet<>();
        for (StoredRows rows : StoredRows.values()) {
            for (String row : inMemory(session, filter, rows)) {
                long sequence = Long.parseLong(row.split("/", -1)[0]);
                wanted.add(Long.toString(sequence >> StoredRows.BLOCK_BITS));
            }
        }
        assertThat(searched).as(place + "\n" + blocks.get()).containsAll(wanted);
        return 1 - searched.size();
    }

    private static int compare(
            RandomSession session, Filter filter, StoredRows rows, String query, String place)
            throws SQLException {
        Set<String> expected = inMemory(session, filter, rows);
        SqlFilter sql = filter.sql(rows);
        Set<String> stored = stored(session, query, sql.where());
        switch (sql) {
            case SqlFilter.Exact(Sql where) ->
                    assertThat(stored)
                            .as(place + "\n" + where.positional() + where.parameters())
                            .isEqualTo(expected);
            case SqlFilter.Candidates(Sql where) ->
                    assertThat(stored)
                            .as(place + "\n" + where.positional() + where.parameters())
                            .containsAll(expected);
        }
        return expected.size();
    }

    private static Set<String> inMemory(RandomSession session, Filter filter, StoredRows rows) {
        Set<String> found = new TreeSet<>();
        for (Entry entry : session.entries) {
            long sequence = entry.event().sequence();
            List<SessionRow> candidates = new ArrayList<>();
            if (rows == StoredRows.EVENTS) {
                var all = entry.found().stream().map(RandomSession.Found::facts).toList();
                if (filter.test(new SessionRow(entry.event(), all))) {
                    found.add(Long.toString(sequence));
                }
            } else {
                entry.found()
                        .forEach(m ->
                                candidates.add(new SessionRow(entry.event(), List.of(m.facts()))));
            }
            for (int i = 0; i < candidates.size(); i++) {
                if (filter.test(candidates.get(i))) {
                    found.add(sequence + "/" + i);
                }
            }
        }
        return found;
    }

    private static Set<String> stored(RandomSession session, String query, Sql where)
            throws SQLException {
        Set<String> found = new TreeSet<>();
        try (PreparedStatement statement =
                connection.prepareStatement(query.formatted(where.positional()))) {
            statement.setObject(1, session.id);
            for (int i = 0; i < where.parameters().size(); i++) {
                statement.setObject(i + 2, where.parameters().get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    found.add(result.getString(1));
                }
            }
        }
        return found;
    }
}
