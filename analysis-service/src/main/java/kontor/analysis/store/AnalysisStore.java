package kontor.analysis.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import kontor.analysis.analyzer.Analyzer;
import kontor.analysis.dissect.FieldDeclaration;
import kontor.analysis.sessions.Carried;
import kontor.analysis.sessions.Effect;
import kontor.analysis.sessions.KnownSessions;
import kontor.analysis.sessions.OpenSession;
import kontor.analysis.user.AnalyzerResult;
import kontor.analysis.user.UserAnalyzer;
import kontor.analysis.workshop.AnalyzerStatus;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tables of schema {@code analysis}. Every method blocks and throws Spring's {@code
 * DataAccessException} (or Flyway's) where the database cannot be reached; the caller waits and
 * begins anew.
 */
public final class AnalysisStore implements KnownSessions {

    private static final Logger LOG = LoggerFactory.getLogger(AnalysisStore.class);

    private static final String STORE_POSITION =
            """
            insert into analysis.positions (topic, partition, next_offset, owner_epoch)
            values (?, ?, ?, ?)
            on conflict (topic, partition) do update
            set next_offset = excluded.next_offset, owner_epoch = excluded.owner_epoch
            """;

    private static final String STORE_SESSION =
            """
            insert into analysis.sessions
                (session_id, lab, topic, partition, first_offset, owner_epoch, begun_with)
            values (?, ?, ?, ?, ?, ?, ?::jsonb)
            on conflict do nothing
            """;

    private static final String INSERT_FIELD =
            """
            insert into analysis.fields (analyzer, analyzer_version, name, type, unit, description,
                certainty, named_values)
            values (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            on conflict do nothing
            """;

    private static final String INSERT_RESULT =
            """
            insert into analysis.results (session_id, session_sequence, result_index, analyzer,
                analyzer_version, result_type, confidence, analysis_data, related_events)
            values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::bigint[])
            on conflict do nothing
            """;

    private static final String STORE_STATUS =
            """
            insert into analysis.user_analyzers (analyzer, file, state, version, refused, problems)
            values (?, ?, ?, ?, ?, ?::jsonb)
            on conflict (analyzer) do update
            set file = excluded.file, state = excluded.state, version = excluded.version,
                refused = excluded.refused, problems = excluded.problems, changed_at = now()
            """;

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public AnalysisStore(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /** Brings the schema up to this version's. */
    public void migrate() {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("analysis")
                .defaultSchema("analysis")
                .table("flyway_schema_history")
                .locations("classpath:db/analysis")
                .load()
                .migrate();
    }

    /** Declares the fields of an analyzer's version; nothing changes where they are declared. */
    public void declare(Analyzer analyzer) {
        declare(analyzer.name(), analyzer.version(), analyzer.fields());
    }

    /** The same for a version of a user's analyzer, whose source is there before it is in use. */
    public void declare(UserAnalyzer analyzer) {
        RunStore.keep(jdbc, analyzer.name(), analyzer.version(), analyzer.source());
        declare(analyzer.name(), analyzer.version(), analyzer.fields());
    }

    private void declare(String name, String version, List<FieldDeclaration> fields) {
        transaction.executeWithoutResult(_ -> {
            jdbc.update(
                    """
                    insert into analysis.analyzers (analyzer, analyzer_version)
                    values (?, ?) on conflict do nothing
                    """,
                    name,
                    version);
            jdbc.batchUpdate(
                    INSERT_FIELD,
                    fields,
                    fields.size(),
                    (row, field) -> {
                        row.setString(1, name);
                        row.setString(2, version);
                        row.setString(3, field.name());
                        row.setString(4, field.type().name().toLowerCase(Locale.ROOT));
                        row.setString(5, field.unit());
                        row.setString(6, field.description());
                        row.setString(7, field.certainty().name().toLowerCase(Locale.ROOT));
                        row.setString(8, MessageJson.ofValueNames(field.values()));
                    });
            jdbc.update(
                    """
                    update analysis.analyzers set is_current = analyzer_version = ?
                    where analyzer = ?
                    """,
                    version,
                    name);
        });
    }

    public Optional<Position> position(String topic, int partition) {
        return jdbc
                .query(
                        """
                        select next_offset, owner_epoch from analysis.positions
                        where topic = ? and partition = ?
                        """,
                        (row, _) -> new Position(topic, partition, row.getLong(1), row.getLong(2)),
                        topic,
                        partition)
                .stream()
                .findFirst();
    }

    /** The sessions of a partition that have not ended, the oldest first. */
    public List<OpenSession> openSessions(String topic, int partition) {
        return jdbc.query(
                """
                select session_id, lab, first_offset, owner_epoch, begun_with
                from analysis.sessions where topic = ? and partition = ? and not ended order by first_offset
                """,
                (row, _) ->
                        new OpenSession(
                                SessionId.parse(row.getString(1)),
                                new LabName(row.getString(2)),
                                row.getLong(3),
                                row.getLong(4),
                                CarriedJson.read(row.getString(5))),
                topic,
                partition);
    }

    @Override
    public boolean hasEnded(SessionId session) {
        return !jdbc.queryForList(
                        "select 1 from analysis.sessions where session_id = ? and ended",
                        session.value())
                .isEmpty();
    }

    @Override
    public Optional<Carried> begunWith(SessionId session) {
        return carried(
                "select begun_with from analysis.sessions where session_id = ?", session.value());
    }

    @Override
    public Optional<Carried> leftBy(LabName lab) {
        return carried(
                """
                select left_over from analysis.sessions where lab = ? and ended
                order by opened_order desc limit 1
                """,
                lab.value());
    }

    private Optional<Carried> carried(String query, Object key) {
        return jdbc.query(query, (row, _) -> CarriedJson.read(row.getString(1)), key).stream()
                .findFirst();
    }

    /** All of it or nothing. Messages and sessions that are there already stay as they are. */
    public void store(Batch batch) {
        try {
            store(batch, MessageRows::copy);
        } catch (DuplicateKeyException e) {
            LOG.info("Messages of this step are stored already; the missing ones are added");
            LOG.debug("The message that was met first", e);
            store(batch, MessageRows::copyMissing);
        }
    }

    private void store(Batch batch, BiConsumer<JdbcTemplate, List<Effect.Found>> messages) {
        transaction.executeWithoutResult(_ -> {
            batch.swapped().forEach(this::forget);
            batch.swapped().forEach(swap -> storeFound(swap.found(), messages));
            storeFound(batch.found(), messages);
            StateRows.insert(jdbc, batch.told());
            for (Batch.Opened opened : batch.opened()) {
                OpenSession session = opened.session();
                jdbc.update(
                        STORE_SESSION,
                        session.id().value(),
                        session.lab().value(),
                        opened.topic(),
                        opened.partition(),
                        session.firstOffset(),
                        session.epoch(),
                        CarriedJson.write(session.begunWith()));
            }
            for (Effect.Closed closed : batch.closed()) {
                jdbc.update(
                        """
                        update analysis.sessions set ended = true, left_over = ?::jsonb
                        where session_id = ?
                        """,
                        CarriedJson.write(closed.left()),
                        closed.session().value());
            }
            for (Position position : batch.positions()) {
                jdbc.update(
                        STORE_POSITION,
                        position.topic(),
                        position.partition(),
                        position.nextOffset(),
                        position.epoch());
            }
        });
    }

    private void storeFound(
            List<Effect.Found> found, BiConsumer<JdbcTemplate, List<Effect.Found>> messages) {
        messages.accept(jdbc, found);
        NumberRanges.widen(jdbc, found);
        List<Object[]> rows = new ArrayList<>();
        for (Effect.Found finding : found) {
            for (int i = 0; i < finding.results().size(); i++) {
                AnalyzerResult result = finding.results().get(i);
                rows.add(
                        new Object[] {
                            finding.session().value(),
                            finding.sequence(),
                            i,
                            finding.analyzer(),
                            finding.version(),
                            result.type(),
                            result.confidence(),
                            MessageJson.ofTexts(result.data()),
                            result.relatedEvents().stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(",", "{", "}"))
                        });
            }
        }
        jdbc.batchUpdate(INSERT_RESULT, rows);
    }

    /** What other versions found from the first event on that is dissected again. */
    private void forget(Effect.Swapped swap) {
        for (String table : List.of("analysis.messages", "analysis.results")) {
            jdbc.update(
                    "delete from "
                            + table
                            + " where session_id = ? and analyzer = ? and session_sequence >= ?"
                            + " and analyzer_version <> ?",
                    swap.session().value(),
                    swap.analyzer(),
                    swap.dissected(),
                    swap.version());
        }
    }

    /** Stores the statuses of users' analyzers. */
    public void storeStatuses(Collection<AnalyzerStatus> statuses) {
        transaction.executeWithoutResult(_ -> {
            for (AnalyzerStatus status : statuses) {
                jdbc.update(
                        STORE_STATUS,
                        status.name(),
                        status.file(),
                        status.state(),
                        status.version(),
                        status.refused(),
                        MessageJson.ofProblems(status.problems()));
                if (status.version().isEmpty()) {
                    jdbc.update(
                            "update analysis.analyzers set is_current = false where analyzer = ?",
                            status.name());
                }
            }
        });
    }

    /** Notes that users' analyzers other than these have no file any more. */
    public void retireAllBut(Collection<String> names) {
        String[] all = names.toArray(String[]::new);
        transaction.executeWithoutResult(_ -> {
            jdbc.update(
                    """
                    update analysis.analyzers set is_current = false where analyzer in
                        (select analyzer from analysis.user_analyzers) and analyzer <> all(?)
                    """,
                    new Object[] {all});
            jdbc.update(
                    """
                    update analysis.user_analyzers
                    set state = 'removed', version = '', refused = '', problems = '[]'
                    where state <> 'removed' and analyzer <> all(?)
                    """,
                    new Object[] {all});
        });
    }
}
