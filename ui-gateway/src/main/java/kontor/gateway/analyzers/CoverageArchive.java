package kontor.gateway.analyzers;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What fields leave unexplained. Blocks; throws DataAccessException. */
@Repository
class CoverageArchive {

    /**
     * The fields of the first level lie one after the other: what they leave out is unknown, and so
     * are the fields named "....unknown", wherever they are.
     */
    private static final String COVERAGE =
            """
            with newest as (
              select analyzer, analyzer_version, protocol, type, problem, length, fields,
                     session_sequence
              from analysis.messages
              where session_id = :session
              order by session_sequence desc, message_index desc limit :most)
            select analyzer, protocol, type, count(*) as messages, count(problem) as problems,
                   sum(length) as bytes, max(session_sequence) as newest,
                   (array_agg(analyzer_version order by session_sequence desc))[1] as version,
                   sum(greatest(0, least(length, length
                     - (select coalesce(sum(cast(f ->> 'length' as bigint)), 0)
                        from jsonb_array_elements(fields) as f)
                     + (select coalesce(sum(cast(f ->> 'length' as bigint)), 0)
                        from jsonb_path_query(fields,
                          'strict $.** ? (@.name like_regex "[.]unknown$")') as f)))) as unknown
            from newest
            group by analyzer, protocol, type
            order by unknown desc, messages desc, analyzer, protocol, type
            """;

    private final JdbcClient jdbc;

    CoverageArchive(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of the newest {@code most} messages. */
    Coverage coverage(UUID session, int most) {
        List<Coverage.Type> types =
                jdbc.sql(COVERAGE)
                        .param("session", session)
                        .param("most", most)
                        .query((row, number) ->
                                new Coverage.Type(
                                        row.getString("analyzer"),
                                        row.getString("version"),
                                        row.getString("protocol"),
                                        row.getString("type"),
                                        row.getLong("messages"),
                                        row.getLong("problems"),
                                        row.getLong("bytes"),
                                        row.getLong("unknown"),
                                        row.getLong("newest")))
                        .list();
        long messages = types.stream().mapToLong(Coverage.Type::messages).sum();
        return new Coverage(messages, messages < most, types);
    }
}
