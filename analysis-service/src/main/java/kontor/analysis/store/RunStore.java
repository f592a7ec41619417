package kontor.analysis.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import kontor.analysis.analyzer.Message;
import kontor.analysis.dissect.Field;
import kontor.analysis.sessions.Effect;
import kontor.analysis.sessions.OpenSession;
import kontor.analysis.user.UserAnalyzer.Source;
import kontor.vocabulary.LabName;
import kontor.vocabulary.SessionId;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs, and the versions that they and promotions choose from. Every method blocks and throws
 * Spring's {@code DataAccessException} if the database cannot be reached.
 */
public final class RunStore {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String INSERT =
            """
            insert into analysis.run_messages (run_id, session_sequence, analyzer, message_index,
                flow, protocol, type, summary, completeness, problem, length, understood, fields,
                reassembled)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    /**
     * A run that is to be done.
     *
     * @param wanted versions by analyzer, where they are not those in use; empty: without it
     */
    public record Run(UUID id, SessionId session, Map<String, String> wanted) {
        public Run {
            wanted = Map.copyOf(wanted);
        }
    }

    /**
     * How far a run is.
     *
     * @param lab of its session; empty where analysis does not know it
     * @param problem empty for none
     */
    public record Progress(
            UUID id,
            SessionId session,
            String lab,
            String state,
            String problem,
            long lastSequence,
            long total,
            long messages) {}

    /**
     * Where a session stands in the log.
     *
     * @param newest event with a message
     */
    public record Place(String topic, int partition, OpenSession session, long newest) {}

    /**
     * A version in the place of what a file holds.
     *
     * @param over the version that the file held; empty for no file
     */
    public record Promotion(String analyzer, String version, String over) {}

    public RunStore(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    static void keep(JdbcTemplate jdbc, String analyzer, String version, Source source) {
        if (!source.file().isEmpty()) {
            jdbc.update(
                    """
                    insert into analysis.analyzer_sources
                        (analyzer, analyzer_version, file, source)
                    values (?, ?, ?, ?) on conflict do nothing
                    """,
                    analyzer,
                    version,
                    source.file(),
                    source.text());
        }
    }

    /** Keeps the text of a version. */
    public void keep(String analyzer, String version, Source source) {
        keep(jdbc, analyzer, version, source);
    }

    /** Returns the text of a version that was kept. */
    public Optional<Source> source(String analyzer, String version) {
        return jdbc
                .query(
                        """
                        select file, source from analysis.analyzer_sources
                        where analyzer = ? and analyzer_version = ?
                        """,
                        (row, _) -> new Source(row.getString(1), row.getString(2)),
                        analyzer,
                        version)
                .stream()
                .findFirst();
    }

    /** Notes a run; one that is known stays as it is. */
    public void request(Run run) {
        jdbc.update(
                """
                insert into analysis.runs (run_id, session_id, state, wanted)
                values (?, ?, 'waiting', ?::jsonb) on conflict do nothing
                """,
                run.id(),
                run.session().value(),
                MessageJson.ofTexts(run.wanted()));
    }

    /** Returns the oldest run that is not over: one that was broken off begins again. */
    public Optional<Run> next() {
        return jdbc
                .query(
                        """
                        select run_id, session_id, wanted from analysis.runs
                        where state in ('waiting', 'running') order by requested_at, run_id limit 1
                        """,
                        (row, _) -> {
                            Map<String, String> wanted = new HashMap<>();
                            JSON.readTree(row.getString(3))
                                    .properties()
                                    .forEach(entry ->
                                            wanted.put(
                                                    entry.getKey(), entry.getValue().asString("")));
                            return new Run(
                                    row.getObject(1, UUID.class),
                                    SessionId.parse(row.getString(2)),
                                    wanted);
                        })
                .stream()
                .findFirst();
    }

    /** Returns how far a run is; empty if there is none of this id. */
    public Optional<Progress> progress(UUID run) {
        return jdbc
                .query(
                        """
                        select session_id, coalesce(lab, ''), state, coalesce(problem, ''),
                            last_sequence, total, messages
                        from analysis.runs left join analysis.sessions using (session_id)
                        where run_id = ?
                        """,
                        (row, _) ->
                                new Progress(
                                        run,
                                        SessionId.parse(row.getString(1)),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getLong(5),
                                        row.getLong(6),
                                        row.getLong(7)),
                        run)
                .stream()
                .findFirst();
    }

    /** Returns where a session begins in the log; empty if analysis has not met it. */
    public Optional<Place> place(SessionId session) {
        return jdbc
                .query(
                        """
                        select topic, partition, lab, first_offset, owner_epoch, begun_with,
                            coalesce((select max(session_sequence) from analysis.messages m
                                      where m.session_id = s.session_id), 0)
                        from analysis.sessions s where session_id = ?
                        """,
                        (row, _) ->
                                new Place(
                                        row.getString(1),
                                        row.getInt(2),
                                        new OpenSession(
                                                session,
                                                new LabName(row.getString(3)),
                                                row.getLong(4),
                                                row.getLong(5),
                                                CarriedJson.read(row.getString(6))),
                                        row.getLong(7)),
                        session.value())
                .stream()
                .findFirst();
    }

    /**
     * Notes that a run begins, from the first event on.
     *
     * @param builtIn versions by name
     * @param users versions by name
     */
    public void begin(
            Run run, long newest, Map<String, String> builtIn, Map<String, String> users) {
        transaction.executeWithoutResult(_ -> {
            clear(run.id());
            jdbc.update(
                    """
                    update analysis.runs set state = 'running', problem = null, messages = 0,
                        last_sequence = 0, total = ? where run_id = ?
                    """,
                    newest,
                    run.id());
            List<Object[]> rows = new ArrayList<>();
            builtIn.forEach(
                    (name, version) -> rows.add(new Object[] {run.id(), name, version, false}));
            users.forEach(
                    (name, version) -> rows.add(new Object[] {run.id(), name, version, true}));
            jdbc.batchUpdate("insert into analysis.run_analyzers values (?, ?, ?, ?)", rows);
        });
    }

    /** Stores what was found up to an event. */
    public void store(UUID run, List<Effect.Found> found, long upTo) {
        List<Object[]> rows = new ArrayList<>();
        for (Effect.Found finding : found) {
            for (int i = 0; i < finding.messages().size(); i++) {
                rows.add(row(run, finding, i, finding.messages().get(i)));
            }
        }
        transaction.executeWithoutResult(_ -> {
            jdbc.batchUpdate(INSERT, rows);
            jdbc.update(
                    """
                    update analysis.runs set last_sequence = ?, messages = messages + ?
                    where run_id = ?
                    """,
                    upTo,
                    rows.size(),
                    run);
        });
    }

    private static Object[] row(UUID run, Effect.Found finding, int index, Message message) {
        return new Object[] {
            run,
            finding.sequence(),
            finding.analyzer(),
            index,
            message.flow(),
            message.protocol(),
            message.type(),
            message.summary(),
            message.completeness().name().toLowerCase(Locale.ROOT),
            message.problem().orElse(null),
            message.length(),
            understood(message),
            MessageJson.ofFields(message.fields()),
            message.isReassembled()
        };
    }

    /** As the function of this name in the schema. */
    static int understood(Message message) {
        int unknown =
                message.fields().stream()
                        .flatMap(Field::flatten)
                        .filter(field ->
                                field.name().endsWith(".unknown")
                                        || field.name().equals("data.data"))
                        .mapToInt(Field::length)
                        .sum();
        return message.length() - unknown;
    }

    /**
     * Ends a run.
     *
     * @param state finished or failed
     * @param problem why it failed, or what was wrong; empty for nothing
     */
    public void end(UUID run, String state, String problem) {
        jdbc.update(
                """
                update analysis.runs set state = ?, problem = nullif(?, ''), ended_at = now()
                where run_id = ? and state in ('waiting', 'running')
                """,
                state,
                problem,
                run);
    }

    /** Ends a run that is not over, without results; deletes one that is. */
    public void cancel(UUID run) {
        transaction.executeWithoutResult(_ -> {
            int deleted =
                    jdbc.update(
                            """
                            delete from analysis.runs
                            where run_id = ? and state not in ('waiting', 'running')
                            """,
                            run);
            if (deleted == 0) {
                clear(run);
                jdbc.update(
                        """
                        update analysis.runs
                        set state = 'cancelled', messages = 0, ended_at = now() where run_id = ?
                        """,
                        run);
            }
        });
    }

    private void clear(UUID run) {
        jdbc.update("delete from analysis.run_messages where run_id = ?", run);
        jdbc.update("delete from analysis.run_analyzers where run_id = ?", run);
    }

    public void promote(Promotion promotion) {
        jdbc.update(
                """
                insert into analysis.promotions values (?, ?, ?)
                on conflict (analyzer) do update set analyzer_version = excluded.analyzer_version,
                    over_version = excluded.over_version
                """,
                promotion.analyzer(),
                promotion.version(),
                promotion.over());
    }

    public List<Promotion> promotions() {
        return jdbc.query(
                "select analyzer, analyzer_version, over_version from analysis.promotions",
                (row, _) -> new Promotion(row.getString(1), row.getString(2), row.getString(3)));
    }

    public void forget(Promotion promotion) {
        jdbc.update(
                "delete from analysis.promotions where analyzer = ? and analyzer_version = ?",
                promotion.analyzer(),
                promotion.version());
    }

    /** Stores up to where requests have been carried out. */
    public void storePosition(String topic, int partition, long nextOffset) {
        jdbc.update(
                """
                insert into analysis.positions values (?, ?, ?, 0)
                on conflict (topic, partition) do update set next_offset = excluded.next_offset
                """,
                topic,
                partition,
                nextOffset);
    }
}
