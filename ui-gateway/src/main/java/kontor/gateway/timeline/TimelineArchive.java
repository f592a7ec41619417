package kontor.gateway.timeline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import kontor.gateway.tables.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Counts a session's events by time, in one pass. Blocks; throws DataAccessException. */
@Repository
public class TimelineArchive {

    private static final int MOST_TURNS = 1000;

    private final JdbcClient jdbc;

    TimelineArchive(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the session in so many parts; empty for one without events. */
    Optional<Timeline> timeline(UUID session, int parts) {
        Bounds bounds =
                jdbc.sql(
                                """
                                select min(sequenced_at) as first_at, max(sequenced_at) as last_at
                                from capture.events where session_id = :session
                                """)
                        .param("session", session)
                        .query((row, number) ->
                                row.getObject("first_at") == null
                                        ? new Bounds(null, null)
                                        : new Bounds(
                                                Columns.instant(row, "first_at"),
                                                Columns.instant(row, "last_at")))
                        .single();
        if (bounds.first() == null || bounds.last() == null) {
            return Optional.empty();
        }
        Instant first = bounds.first();
        Instant last = bounds.last();
        return Optional.of(
                new Timeline(first, last, parts(session, first, last, parts), turns(session)));
    }

    private record Bounds(@Nullable Instant first, @Nullable Instant last) {}

    private record Count(int part, @Nullable String instance, long events, long first) {}

    private List<Timeline.Part> parts(UUID session, Instant first, Instant last, int parts) {
        long micros = Math.max(1, Duration.between(first, last).toNanos() / 1_000);
        List<Count> counts =
                jdbc.sql(
                                """
                                select least(:parts - 1,
                                             floor(extract(epoch from sequenced_at - :first)
                                                   * 1000000 * :parts / :micros))::integer as part,
                                       instance, count(*) as events,
                                       min(session_sequence) as first_sequence
                                from capture.events where session_id = :session
                                group by 1, 2 order by 1
                                """)
                        .param("session", session)
                        .param("parts", parts)
                        .param("micros", micros)
                        .param("first", Columns.timestamp(first))
                        .query(TimelineArchive::count)
                        .list();
        Map<Integer, Map<String, Long>> byPart = new TreeMap<>();
        Map<Integer, Long> firstOf = new HashMap<>();
        for (Count count : counts) {
            firstOf.merge(count.part(), count.first(), Math::min);
            Map<String, Long> inPart = byPart.computeIfAbsent(count.part(), _ -> new TreeMap<>());
            if (count.instance() != null) {
                inPart.put(count.instance(), count.events());
            }
        }
        return byPart.entrySet().stream()
                .map(part ->
                        new Timeline.Part(
                                part.getKey(),
                                first.plusNanos(micros * part.getKey() / parts * 1_000),
                                firstOf.getOrDefault(part.getKey(), 1L),
                                part.getValue()))
                .toList();
    }

    private static Count count(ResultSet row, int number) throws SQLException {
        return new Count(
                row.getInt("part"),
                row.getString("instance"),
                row.getLong("events"),
                row.getLong("first_sequence"));
    }

    private List<Timeline.Turn> turns(UUID session) {
        return jdbc.sql(
                        """
                        select session_sequence, sequenced_at, type, instance
                        from capture.events
                        where session_id = :session
                          and type in ('game_frozen', 'game_thawed', 'run_started', 'run_stopped')
                        order by session_sequence limit :most
                        """)
                .param("session", session)
                .param("most", MOST_TURNS)
                .query((row, number) ->
                        new Timeline.Turn(
                                row.getLong("session_sequence"),
                                Columns.instant(row, "sequenced_at"),
                                row.getString("type"),
                                row.getString("instance")))
                .list();
    }
}
