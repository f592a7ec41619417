package kontor.gateway.archive;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kontor.gateway.continuity.Check;
import kontor.gateway.continuity.Evidence;
import kontor.gateway.continuity.Fault;
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

    /** Each finds rows (sequence, detail), the first {@link #MOST_FAULTS}, and counts all. */
    private static final Map<Check, String> FAULTS =
            Map.of(
                    Check.SESSION_SEQUENCES,
                    """
                    select session_sequence as sequence,
                           format('expected %s, found %s', before + 1, session_sequence) as detail
                    from (select session_sequence,
                                 lag(session_sequence, 1, 0::bigint)
                                   over (order by session_sequence) as before
                          from capture.events where session_id = :session) e
                    where session_sequence <> before + 1
                    """,
                    Check.ADAPTER_SEQUENCES,
                    """
                    select session_sequence as sequence,
                           format('%s, run %s: expected adapter sequence %s, found %s',
                                  instance, run_id, before + 1, adapter_sequence) as detail
                    from (select session_sequence, instance, run_id, adapter_sequence,
                                 lag(adapter_sequence) over
                                   (partition by run_id order by session_sequence) as before
                          from capture.events
                          where session_id = :session and run_id is not null) e
                    where adapter_sequence <> before + 1
                    """,
                    Check.INPUT_OFFSETS,
                    """
                    select session_sequence as sequence,
                           format('%s-%s: offset %s behind %s',
                                  input_topic, input_partition, input_offset, before) as detail
                    from (select session_sequence, input_topic, input_partition, input_offset,
                                 lag(input_offset) over
                                   (partition by input_topic, input_partition
                                    order by session_sequence) as before
                          from capture.events
                          where session_id = :session and run_id is not null
                            and input_offset is not null) e
                    where input_offset <= before
                    """,
                    Check.PAYLOAD_CHECKSUMS,
                    """
                    select session_sequence as sequence,
                           format('%s bytes have CRC-32C %s, the adapter reckoned %s',
                                  octet_length(payload), crc32c(payload),
                                  coalesce(payload_crc32c::text, 'none')) as detail
                    from capture.events
                    where session_id = :session and payload is not null and run_id is not null
                      and crc32c(payload) is distinct from payload_crc32c
                    """,
                    Check.STREAM_OFFSETS,
                    """
                    select session_sequence as sequence,
                           format('flow %s, from the %s: expected %s, found %s', flow,
                                  case when from_opener then 'opener' else 'target' end,
                                  expected, position) as detail
                    from (select e.session_sequence, e.flow, e.from_opener, e.position,
                                 coalesce(
                                   lag(e.position + e.length) over
                                     (partition by e.flow, e.from_opener
                                      order by e.session_sequence),
                                   case when o.type = 'flow_opened' then 0 end) as expected
                          from (select session_id, session_sequence, flow, from_opener,
                                       coalesce((detail ->> 'streamOffset')::bigint,
                                                (detail ->> 'streamLength')::bigint, 0) as position,
                                       coalesce(octet_length(payload), 0) as length
                                from capture.events
                                where session_id = :session and run_id is not null
                                  and type in ('flow_data', 'flow_half_closed', 'flow_reset')) e
                          join capture.flows f
                            on f.session_id = e.session_id and f.flow = e.flow
                          left join capture.events o
                            on o.session_id = e.session_id
                           and o.session_sequence = f.first_sequence) p
                    where position <> expected
                    """,
                    Check.RECEIPTS,
                    """
                    select d.session_sequence as sequence,
                           format('command %s to run %s of %s has %s receipts', d.command_sequence,
                                  d.target_run_id, d.instance, count(*)) as detail
                    from capture.deliveries d
                    join capture.receipts r
                      on r.target_run_id = d.target_run_id
                     and r.command_sequence = d.command_sequence
                     and r.run_id = d.target_run_id
                    where d.session_id = :session
                    group by d.session_sequence, d.command_sequence, d.target_run_id, d.instance
                    having count(*) > 1
                    """,
                    Check.CARRIED_OUT,
                    """
                    select d.session_sequence as sequence,
                           format('command %s to run %s of %s: %s%s', d.command_sequence,
                                  d.target_run_id, d.instance, r.outcome,
                                  coalesce(' (' || r.detail || ')', '')) as detail
                    """
                            + Sql.NOT_CARRIED_OUT
                            + "and not "
                            + Sql.GAME_HAD_ENDED_THE_FLOW);

    private static final String UNANSWERED =
            """
            from capture.deliveries d
            join capture.events e
              on e.session_id = d.session_id and e.session_sequence = d.session_sequence
            where d.session_id = :session
              and not exists (select from capture.receipts r
                              where r.target_run_id = d.target_run_id
                                and r.command_sequence = d.command_sequence)
            """;

    /** Parts that two statements share. */
    private static final class Sql {

        static final String NOT_CARRIED_OUT =
                """
                from capture.deliveries d
                join capture.events e
                  on e.session_id = d.session_id and e.session_sequence = d.session_sequence
                join capture.receipts r
                  on r.target_run_id = d.target_run_id
                 and r.command_sequence = d.command_sequence
                where d.session_id = :session and r.outcome <> 'done'
                """;

        /** By its own adapter's clock, as is the receipt's time; it may notice a moment later. */
        static final String GAME_HAD_ENDED_THE_FLOW =
                """
                exists (select from capture.events x
                        where x.session_id = e.session_id and x.flow = e.flow
                          and x.type in ('flow_reset', 'flow_refused')
                          and x.run_id = d.target_run_id
                          and x.captured_at <= r.done_at + interval '1 second')
                """;
    }

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
        return Optional.ofNullable(snapshot.execute(status -> inSnapshot(session).orElse(null)));
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
        Optional<Boolean> ended =
                one(
                                "select ended_at is not null from capture.sessions where session_id"
                                        + " = :session",
                                session)
                        .query(Boolean.class)
                        .optional();
        if (ended.isEmpty()) {
            return Optional.empty();
        }
        Totals totals = totals(session);
        List<Fault> faults = new ArrayList<>();
        Map<Check, Long> counts = new EnumMap<>(Check.class);
        for (Check check : Check.values()) {
            String sql = FAULTS.get(check);
            if (sql != null) {
                counts.put(check, faults(session, check, sql, faults));
            }
        }
        return Optional.of(
                new Evidence(
                        ended.get(),
                        totals.events(),
                        totals.last(),
                        byVerdict(session),
                        runs(session),
                        totals.payloads(),
                        totals.payloadBytes(),
                        count(session, "from capture.deliveries where session_id = :session"),
                        count(session, UNANSWERED),
                        unanswered(session),
                        count(session, Sql.NOT_CARRIED_OUT + "and " + Sql.GAME_HAD_ENDED_THE_FLOW),
                        faults,
                        counts));
    }

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

    private List<Evidence.Unanswered> unanswered(UUID session) {
        return one(
                        """
                        select e.session_sequence, e.sequenced_at, d.instance, d.target_run_id,
                               d.command_sequence
                        """
                                + UNANSWERED
                                + "order by e.session_sequence limit "
                                + MOST_UNANSWERED,
                        session)
                .query((row, number) ->
                        new Evidence.Unanswered(
                                row.getLong("session_sequence"),
                                Columns.instant(row, "sequenced_at"),
                                row.getString("instance"),
                                row.getObject("target_run_id", UUID.class),
                                row.getLong("command_sequence")))
                .list();
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
