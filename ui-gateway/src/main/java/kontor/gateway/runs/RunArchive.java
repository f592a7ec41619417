package kontor.gateway.runs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kontor.gateway.runs.RunComparison.ChangedMessage;
import kontor.gateway.runs.RunComparison.Coverage;
import kontor.gateway.runs.RunComparison.Decoded;
import kontor.gateway.runs.RunComparison.TypeCoverage;
import kontor.gateway.runs.RunSummary.RunVersion;
import kontor.gateway.tables.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs as analysis has written them. Blocks; throws DataAccessException. */
@Repository
public class RunArchive {

    private static final String RUNS =
            """
            select r.*, (select coalesce(jsonb_agg(jsonb_build_object('name', analyzer,
                    'version', analyzer_version, 'user', is_user) order by analyzer), '[]')
                from analysis.run_analyzers a where a.run_id = r.run_id) as analyzers
            from analysis.runs r where session_id = :session
            """;

    private static final String STORED =
            """
            select session_sequence, analyzer, message_index, protocol, type, summary, completeness,
                problem, length, analysis.understood(length, fields) as understood, fields,
                reassembled
            from analysis.messages where session_id = :session
            """;

    private static final String COVERAGE =
            """
            with b as (%s), a as (%s), both_sides as (
                select protocol, type, 1 as bm, length as bl, understood as bu,
                    0 as am, 0 as al, 0 as au
                from b where not reassembled
                union all
                select protocol, type, 0, 0, 0, 1, length, understood from a where not reassembled)
            select protocol, type, sum(bm) as bm, sum(bl) as bl, sum(bu) as bu,
                sum(am) as am, sum(al) as al, sum(au) as au
            from both_sides group by protocol, type order by protocol, type
            """;

    private static final String CHANGES =
            """
            with b as (%s), a as (%s)
            select coalesce(a.session_sequence, b.session_sequence) as sequence,
                coalesce(a.analyzer, b.analyzer) as analyzer,
                coalesce(a.message_index, b.message_index) as message_index,
                b.type as b_type, b.summary as b_summary, b.completeness as b_completeness,
                b.problem as b_problem, b.length as b_length, b.understood as b_understood,
                a.type as a_type, a.summary as a_summary, a.completeness as a_completeness,
                a.problem as a_problem, a.length as a_length, a.understood as a_understood
            from b full join a on b.session_sequence = a.session_sequence
                and b.analyzer = a.analyzer and b.message_index = a.message_index
            where (b.type, b.summary, b.completeness, b.problem, b.fields)
                is distinct from (a.type, a.summary, a.completeness, a.problem, a.fields)
              and coalesce(a.session_sequence, b.session_sequence) > :from
            order by sequence fetch first :limit rows with ties
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    RunArchive(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Newest first. */
    List<RunSummary> runs(UUID session) {
        return jdbc.sql(RUNS + " order by requested_at desc, run_id")
                .param("session", session)
                .query(this::run)
                .list();
    }

    /** Those of a session that are not over, the oldest first. */
    public List<RunNotice> underWay(UUID session) {
        return jdbc.sql(
                        """
                        select run_id, state, problem, last_sequence, total, messages
                        from analysis.runs
                        where session_id = :session and state in ('waiting', 'running')
                        order by requested_at, run_id
                        """)
                .param("session", session)
                .query((row, _) ->
                        new RunNotice(
                                row.getObject("run_id", UUID.class),
                                session,
                                row.getString("state"),
                                row.getString("problem"),
                                row.getLong("last_sequence"),
                                row.getLong("total"),
                                row.getLong("messages")))
                .list();
    }

    Optional<RunSummary> run(UUID session, UUID run) {
        return jdbc.sql(RUNS + " and run_id = :run")
                .param("session", session)
                .param("run", run)
                .query(this::run)
                .optional();
    }

    private RunSummary run(ResultSet row, int number) throws SQLException {
        List<RunVersion> analyzers = new ArrayList<>();
        for (JsonNode one : json.readTree(row.getString("analyzers"))) {
            analyzers.add(
                    new RunVersion(
                            one.path("name").asString(""),
                            one.path("version").asString(""),
                            one.path("user").asBoolean(false)));
        }
        return new RunSummary(
                row.getObject("run_id", UUID.class),
                row.getObject("session_id", UUID.class),
                row.getString("state"),
                row.getString("problem"),
                analyzers,
                Columns.instant(row, "requested_at"),
                Columns.instantOrNull(row, "ended_at"),
                row.getLong("last_sequence"),
                row.getLong("total"),
                row.getLong("messages"));
    }

    /**
     * @param before null for what is stored of the session
     */
    List<TypeCoverage> coverage(UUID session, @Nullable UUID before, @Nullable UUID after) {
        return statement(COVERAGE, session, before, after)
                .query((row, _) ->
                        new TypeCoverage(
                                row.getString("protocol"),
                                row.getString("type"),
                                new Coverage(
                                        row.getLong("bm"), row.getLong("bl"), row.getLong("bu")),
                                new Coverage(
                                        row.getLong("am"), row.getLong("al"), row.getLong("au"))))
                .list();
    }

    /** Of whole events: as many as it takes for {@code limit} messages. */
    List<ChangedMessage> changes(
            UUID session, @Nullable UUID before, @Nullable UUID after, long from, int limit) {
        return statement(CHANGES, session, before, after)
                .param("from", from)
                .param("limit", limit)
                .query((row, _) ->
                        new ChangedMessage(
                                row.getLong("sequence"),
                                row.getString("analyzer"),
                                row.getInt("message_index"),
                                decoded(row, "b_"),
                                decoded(row, "a_")))
                .list();
    }

    private JdbcClient.StatementSpec statement(
            String sql, UUID session, @Nullable UUID before, @Nullable UUID after) {
        JdbcClient.StatementSpec statement =
                jdbc.sql(sql.formatted(side(before, "before"), side(after, "after")));
        if (before == null || after == null) {
            statement = statement.param("session", session);
        }
        if (before != null) {
            statement = statement.param("before", before);
        }
        return after == null ? statement : statement.param("after", after);
    }

    private static String side(@Nullable UUID run, String parameter) {
        return run == null
                ? STORED
                : """
                select session_sequence, analyzer, message_index, protocol, type, summary,
                    completeness, problem, length, understood, fields, reassembled
                from analysis.run_messages where run_id = :%s
                """
                        .formatted(parameter);
    }

    private static @Nullable Decoded decoded(ResultSet row, String side) throws SQLException {
        @Nullable String type = row.getString(side + "type");
        return type == null
                ? null
                : new Decoded(
                        type,
                        row.getString(side + "summary"),
                        row.getString(side + "completeness"),
                        row.getString(side + "problem"),
                        row.getInt(side + "length"),
                        row.getInt(side + "understood"));
    }
}
