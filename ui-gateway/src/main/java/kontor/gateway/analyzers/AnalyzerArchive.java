package kontor.gateway.analyzers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import kontor.gateway.tables.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Analyzers and their own results as analysis has written them. Blocks; throws DataAccessException.
 */
@Repository
class AnalyzerArchive {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AnalyzerArchive(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Those in use and those of users, by name. One that has just been taken into use has no status
     * of its own for a moment: its file is that of the source that was kept.
     */
    List<AnalyzerSummary> analyzers() {
        return jdbc.sql(
                        """
                        select coalesce(u.analyzer, a.analyzer) as name,
                               coalesce(u.file, s.file) as file,
                               coalesce(u.state, 'current') as state,
                               coalesce(nullif(u.version, ''), a.analyzer_version) as version,
                               nullif(u.refused, '') as refused, u.problems,
                               coalesce(u.changed_at, s.saved_at) as changed_at,
                               (select array_agg(f.name order by f.name) from analysis.fields f
                                where f.analyzer = a.analyzer
                                  and f.analyzer_version = a.analyzer_version) as fields
                        from (select * from analysis.analyzers where is_current) a
                        full join analysis.user_analyzers u on u.analyzer = a.analyzer
                        left join analysis.analyzer_sources s
                          on s.analyzer = a.analyzer and s.analyzer_version = a.analyzer_version
                        order by name
                        """)
                .query(this::analyzer)
                .list();
    }

    private AnalyzerSummary analyzer(ResultSet row, int number) throws SQLException {
        @Nullable String problems = row.getString("problems");
        List<AnalyzerProblem> found = new ArrayList<>();
        if (problems != null) {
            for (JsonNode problem : json.readTree(problems)) {
                found.add(
                        new AnalyzerProblem(
                                problem.path("line").asLong(0),
                                problem.path("column").asLong(0),
                                problem.path("message").asString("")));
            }
        }
        return new AnalyzerSummary(
                row.getString("name"),
                row.getString("file"),
                row.getString("state"),
                row.getString("version"),
                row.getString("refused"),
                found,
                row.getObject("changed_at") == null ? null : Columns.instant(row, "changed_at"),
                Columns.texts(row, "fields"));
    }

    /** Of one analyzer, newest first. */
    List<AnalyzerVersion> versions(String analyzer) {
        return jdbc.sql(
                        """
                        select s.*, coalesce(a.is_current, false) as is_current
                        from analysis.analyzer_sources s
                        left join analysis.analyzers a using (analyzer, analyzer_version)
                        where analyzer = :analyzer order by saved_at desc, analyzer_version
                        """)
                .param("analyzer", analyzer)
                .query((row, _) ->
                        new AnalyzerVersion(
                                row.getString("analyzer_version"),
                                row.getString("file"),
                                row.getString("source"),
                                Columns.instant(row, "saved_at"),
                                row.getBoolean("is_current")))
                .list();
    }

    /** The results at events behind {@code after}: those of {@code events} events at most. */
    List<OwnResult> results(UUID session, long after, int events) {
        return jdbc.sql(
                        """
                        select * from analysis.results
                        where session_id = :session and session_sequence in
                          (select distinct session_sequence from analysis.results
                           where session_id = :session and session_sequence > :after
                           order by session_sequence limit :events)
                        order by session_sequence, analyzer, result_index
                        """)
                .param("session", session)
                .param("after", after)
                .param("events", events)
                .query(this::result)
                .list();
    }

    private OwnResult result(ResultSet row, int number) throws SQLException {
        Map<String, String> data = new HashMap<>();
        json.readTree(row.getString("analysis_data"))
                .properties()
                .forEach(entry -> data.put(entry.getKey(), entry.getValue().asString("")));
        return new OwnResult(
                row.getLong("session_sequence"),
                row.getInt("result_index"),
                row.getString("analyzer"),
                row.getString("analyzer_version"),
                row.getString("result_type"),
                row.getDouble("confidence"),
                data,
                Stream.of((Long[]) row.getArray("related_events").getArray()).toList());
    }
}
