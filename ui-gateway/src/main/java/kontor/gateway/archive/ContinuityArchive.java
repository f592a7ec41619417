package kontor.gateway.archive;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import kontor.gateway.continuity.Check;
import kontor.gateway.continuity.Evidence;
import kontor.gateway.continuity.Fault;
import kontor.gateway.continuity.Loss;
import kontor.gateway.continuity.Row;
import kontor.gateway.continuity.Row.Said;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Collects the evidence for a session's continuity in one snapshot of the database. The rows are
 * compared where they are: nothing but counts and faults leaves PostgreSQL. Blocks; throws
 * DataAccessException.
 */
@Repository
public class ContinuityArchive {

    private static final int MOST_FAULTS = 100;
    private static final int MOST_UNANSWERED = 1000;
    private static final int ROWS_AT_ONCE = 1000;

    private final JdbcClient jdbc;
    private final TransactionTemplate snapshot;

    ContinuityArchive(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setReadOnly(true);
    }

    /** Empty where there is no such session. */
    public Optional<Evidence> evidence(UUID session) {
        return Optional.ofNullable(
                snapshot.execute(status -> {
                    joinWithoutNestedLoops();
                    return inSnapshot(session).orElse(null);
                }));
    }

    /**
     * For this transaction. The planner takes a session that is younger than its statistics for a
     * single row, and would compare each row of it with each other one: minutes for some thousand.
     */
    private void joinWithoutNestedLoops() {
        jdbc.sql("select set_config('enable_nestloop', 'off', true)").query(String.class).single();
    }

    /**
     * Hands out what each row of a session says, in the order of the session, its payload's
     * checksum reckoned anew.
     *
     * @param last no row behind this sequence
     */
    public void rows(UUID session, long last, Consumer<Row> each) {
        snapshot.executeWithoutResult(_ ->
                one(
                                """
                                select session_sequence, type, verdict, run_id, adapter_sequence,
                                       crc32c(coalesce(payload, ''::bytea)) as crc32c,
                                       coalesce(input_offset, 0) as input_offset
                                from capture.events
                                where session_id = :session and session_sequence <= :last
                                order by session_sequence
                                """,
                                session)
                        .param("last", last)
                        .withFetchSize(ROWS_AT_ONCE)
                        .query(row -> {
                            @Nullable UUID run = row.getObject("run_id", UUID.class);
                            each.accept(
                                    new Row(
                                            row.getLong("session_sequence"),
                                            row.getString("type"),
                                            row.getString("verdict"),
                                            run == null
                                                    ? null
                                                    : new Said(
                                                            run,
                                                            row.getLong("adapter_sequence"),
                                                            row.getLong("crc32c")),
                                            row.getLong("input_offset")));
                        }));
    }

    /** By topic and partition, the next offset that the journal will read. */
    public Map<String, Map<Integer, Long>> journalPositions() {
        Map<String, Map<Integer, Long>> positions = new HashMap<>();
        jdbc.sql("select topic, partition, next_offset from capture.journal_positions")
                .query(row -> {
                    positions
                            .computeIfAbsent(row.getString("topic"), topic -> new HashMap<>())
                            .put(row.getInt("partition"), row.getLong("next_offset"));
                });
        return positions;
    }

    private Optional<Evidence> inSnapshot(UUID session) {
        Optional<Head> found =
                one(
                                "select lab, ended_at is not null as ended from capture.sessions"
                                        + " where session_id = :session",
                                session)
                        .query((row, number) ->
                                new Head(row.getString("lab"), row.getBoolean("ended")))
                        .optional();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Head head = found.get();
        Totals totals = totals(session);
        List<Fault> faults = new ArrayList<>();
        Map<Check, Long> counts = new EnumMap<>(Check.class);
        for (Check check : Check.values()) {
            String sql = ContinuityQueries.FAULTS.get(check);
            if (sql != null) {
                counts.put(check, faults(session, check, sql, faults));
            }
        }
        long unanswered = count(session, ContinuityQueries.UNANSWERED);
        return Optional.of(
                new Evidence(
                        head.lab(),
                        head.ended(),
                        totals.events(),
                        totals.last(),
                        byVerdict(session),
                        runs(session),
                        inputs(session),
                        totals.payloads(),
                        totals.payloadBytes(),
                        count(session, "from capture.deliveries where session_id = :session"),
                        unanswered,
                        unanswered == 0 ? 0 : abandoned(session),
                        unanswered == 0 ? List.of() : unanswered(session),
                        count(
                                session,
                                ContinuityQueries.NOT_CARRIED_OUT
                                        + "and "
                                        + ContinuityQueries.GAME_HAD_ENDED_THE_FLOW),
                        faults,
                        counts,
                        losses(session),
                        lost(session)));
    }

    private record Head(String lab, boolean ended) {}

    private record Totals(long events, long last, long payloads, long payloadBytes) {}

    private Totals totals(UUID session) {
        return one(
                        """
                        select count(*) as events, coalesce(max(session_sequence), 0) as last,
                               count(payload) as payloads,
                               coalesce(sum(octet_length(payload)), 0) as payload_bytes
                        from capture.events where session_id = :session
                        """,
                        session)
                .query((row, number) ->
                        new Totals(
                                row.getLong("events"),
                                row.getLong("last"),
                                row.getLong("payloads"),
                                row.getLong("payload_bytes")))
                .single();
    }

    private Map<String, Long> byVerdict(UUID session) {
        Map<String, Long> byVerdict = new HashMap<>();
        one(
                        """
                        select verdict, count(*) as events from capture.events
                        where session_id = :session and run_id is not null group by verdict
                        """,
                        session)
                .query(row -> {
                    byVerdict.put(row.getString("verdict"), row.getLong("events"));
                });
        return byVerdict;
    }

    private List<Evidence.Run> runs(UUID session) {
        return one(
                        """
                        select run_id, min(instance) as instance, min(adapter_sequence) as first,
                               max(adapter_sequence) as last, count(*) as events
                        from capture.events
                        where session_id = :session and run_id is not null
                        group by run_id order by instance, run_id
                        """,
                        session)
                .query((row, number) ->
                        new Evidence.Run(
                                row.getObject("run_id", UUID.class),
                                row.getString("instance"),
                                row.getLong("first"),
                                row.getLong("last"),
                                row.getLong("events")))
                .list();
    }

    private List<Evidence.Inputs> inputs(UUID session) {
        return one(
                        """
                        select input_topic, input_partition, min(input_offset) as first,
                               max(input_offset) as last
                        from capture.events
                        where session_id = :session and run_id is not null
                          and input_offset is not null
                        group by input_topic, input_partition
                        """,
                        session)
                .query((row, number) ->
                        new Evidence.Inputs(
                                row.getString("input_topic"),
                                row.getInt("input_partition"),
                                row.getLong("first"),
                                row.getLong("last")))
                .list();
    }

    private long abandoned(UUID session) {
        return count(
                session,
                ContinuityQueries.UNANSWERED_BESIDE_CONFIRMED
                        + "and "
                        + ContinuityQueries.UNDER_WAY_WHEN_ITS_RUN_ENDED);
    }

    private List<Evidence.Unanswered> unanswered(UUID session) {
        return one(
                        """
                        select e.session_sequence, e.sequenced_at, d.instance, d.target_run_id,
                               d.command_sequence,
                        """
                                + ContinuityQueries.UNDER_WAY_WHEN_ITS_RUN_ENDED
                                + " as run_ended "
                                + ContinuityQueries.UNANSWERED_BESIDE_CONFIRMED
                                + "order by e.session_sequence limit "
                                + MOST_UNANSWERED,
                        session)
                .query((row, number) ->
                        new Evidence.Unanswered(
                                row.getLong("session_sequence"),
                                Columns.instant(row, "sequenced_at"),
                                row.getString("instance"),
                                row.getObject("target_run_id", UUID.class),
                                row.getLong("command_sequence"),
                                row.getBoolean("run_ended")))
                .list();
    }

    /** Those that are listed. */
    private List<Loss> losses(UUID session) {
        return one(
                        """
                        select instance, detail ->> 'cause' as cause,
                               detail -> 'socket' ->> 'address' as address,
                               detail -> 'socket' ->> 'port' as port,
                               min(session_sequence) as sequence,
                               sum((detail ->> 'count')::bigint) as datagrams
                        from capture.events
                        where session_id = :session and type = 'datagrams_missed'
                        group by 1, 2, 3, 4 order by 5 limit
                        """
                                + MOST_FAULTS,
                        session)
                .query((row, number) ->
                        new Loss(
                                row.getString("instance"),
                                row.getString("cause"),
                                row.getString("address") == null
                                        ? null
                                        : row.getString("address") + ":" + row.getString("port"),
                                row.getLong("sequence"),
                                row.getLong("datagrams")))
                .list();
    }

    /** All of them. */
    private long lost(UUID session) {
        return one(
                        """
                        select coalesce(sum((detail ->> 'count')::bigint), 0) from capture.events
                        where session_id = :session and type = 'datagrams_missed'
                        """,
                        session)
                .query(Long.class)
                .single();
    }

    private long faults(UUID session, Check check, String sql, List<Fault> faults) {
        long[] total = new long[1];
        one(
                        "select sequence, detail, count(*) over () as total from ("
                                + sql
                                + ") f order by sequence limit "
                                + MOST_FAULTS,
                        session)
                .query(row -> {
                    total[0] = row.getLong("total");
                    faults.add(new Fault(check, row.getLong("sequence"), row.getString("detail")));
                });
        return total[0];
    }

    private long count(UUID session, String from) {
        return one("select count(*) " + from, session).query(Long.class).single();
    }

    private JdbcClient.StatementSpec one(String sql, UUID session) {
        return jdbc.sql(sql).param("session", session);
    }
}
