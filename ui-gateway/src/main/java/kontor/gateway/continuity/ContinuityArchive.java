package kontor.gateway.continuity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import kontor.gateway.continuity.Row.Said;
import kontor.gateway.tables.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Collects the evidence for a session's continuity in one snapshot of the database: its rows are
 * read once, in the order of their keys, and compared as they come. What that costs depends on the
 * session alone, not on what else is recorded nor on what the planner knows of it. Blocks; throws
 * DataAccessException.
 */
@Repository
public class ContinuityArchive {

    private static final int ROWS_AT_ONCE = 2000;
    private static final int MOST_FAULTS = 100;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate snapshot;

    ContinuityArchive(JdbcTemplate template, PlatformTransactionManager transactions) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setReadOnly(true);
    }

    /** Empty if there is no such session. */
    public Optional<Evidence> evidence(UUID session) {
        return evidence(session, 1, _ -> {});
    }

    /**
     * Of a session from one sequence on: what came before is not read, and nothing is said of it.
     *
     * @param progress receives now and then which sequence was looked at
     * @return empty if there is no such session
     */
    public Optional<Evidence> evidence(UUID session, long from, LongConsumer progress) {
        return Optional.ofNullable(
                snapshot.execute(_ -> {
                    readInOrderOfKeys();
                    return inSnapshot(session, from, progress).orElse(null);
                }));
    }

    /**
     * For this transaction. The planner takes a session that is younger than its statistics for a
     * single row, and of a large one would sort what the keys have in order.
     */
    private void readInOrderOfKeys() {
        for (String way : new String[] {"seqscan", "bitmapscan", "sort"}) {
            jdbc.sql("select set_config('enable_" + way + "', 'off', true)")
                    .query(String.class)
                    .single();
        }
    }

    private Optional<Evidence> inSnapshot(UUID session, long from, LongConsumer progress) {
        Optional<Head> found =
                one(
                                "select lab, ended_at is not null as ended from capture.sessions"
                                        + " where session_id = :session",
                                session)
                        .query((row, _) -> new Head(row.getString("lab"), row.getBoolean("ended")))
                        .optional();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        SessionFold fold = new SessionFold(from);
        template.execute(
                (ConnectionCallback<Boolean>)
                        connection -> {
                            try (SessionRows rows = new SessionRows(connection, session, from)) {
                                rows.forEach(fold::on, progress);
                            }
                            return true;
                        });
        recordedOnce(session, fold);
        return Optional.of(
                fold.end(
                                found.get().lab(),
                                found.get().ended(),
                                over(fold.open()),
                                from == 1 ? List.of() : explainedBefore(session, from, fold))
                        .withLosses(losses(session, from), lost(session, from)));
    }

    /** Those that are listed. */
    private List<Loss> losses(UUID session, long from) {
        return one(
                        """
                        select instance, detail ->> 'cause' as cause,
                               detail -> 'socket' ->> 'address' as address,
                               detail -> 'socket' ->> 'port' as port,
                               min(session_sequence) as sequence,
                               sum((detail ->> 'count')::bigint) as datagrams
                        from capture.events
                        where session_id = :session and type = 'datagrams_missed'
                          and session_sequence >= :from
                        group by 1, 2, 3, 4 order by 5 limit
                        """
                                + MOST_FAULTS,
                        session)
                .param("from", from)
                .query((row, _) ->
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
    private long lost(UUID session, long from) {
        return one(
                        """
                        select coalesce(sum((detail ->> 'count')::bigint), 0) from capture.events
                        where session_id = :session and type = 'datagrams_missed'
                          and session_sequence >= :from
                        """,
                        session)
                .param("from", from)
                .query(Long.class)
                .single();
    }

    private record Head(String lab, boolean ended) {}

    /** An adapter's event in two rows, of whatever session: counted in the index alone. */
    private void recordedOnce(UUID session, SessionFold fold) {
        for (Evidence.Run run : fold.runs()) {
            List<Long> twice =
                    jdbc.sql(
                                    """
                                    select adapter_sequence from capture.events
                                    where run_id = :run
                                      and adapter_sequence between :first and :last
                                    group by adapter_sequence having count(*) > 1
                                    order by adapter_sequence
                                    """)
                            .param("run", run.run())
                            .param("first", run.first())
                            .param("last", run.last())
                            .query((row, _) -> row.getLong(1))
                            .list();
            for (int i = 0; i < twice.size(); i++) {
                if (i < MOST_FAULTS) {
                    recordedTwice(session, run, twice.get(i), fold);
                } else {
                    fold.fault(Check.RECORDED_ONCE, 0, "adapter sequence " + twice.get(i));
                }
            }
        }
    }

    private void recordedTwice(UUID session, Evidence.Run run, long adapter, SessionFold fold) {
        one(
                        """
                        select e.session_sequence, o.session_id, o.session_sequence as other
                        from capture.events e
                        join capture.events o
                          on o.run_id = e.run_id and o.adapter_sequence = e.adapter_sequence
                         and (o.session_id, o.session_sequence)
                             <> (e.session_id, e.session_sequence)
                        where e.run_id = :run and e.adapter_sequence = :adapter
                          and e.session_id = :session
                        """,
                        session)
                .param("run", run.run())
                .param("adapter", adapter)
                .query(row -> {
                    fold.fault(
                            Check.RECORDED_ONCE,
                            row.getLong("session_sequence"),
                            "%s, run %s: adapter sequence %d is also event %d of session %s"
                                    .formatted(
                                            run.instance(),
                                            run.run(),
                                            adapter,
                                            row.getLong("other"),
                                            row.getString("session_id")));
                });
    }

    /** Of the runs that commands wait for, those that are over. */
    private Set<UUID> over(List<CommandFold.Open> open) {
        Set<UUID> runs = new HashSet<>();
        open.forEach(command -> runs.add(command.delivery().run()));
        Set<UUID> over = new HashSet<>();
        for (UUID run : runs) {
            boolean isOver =
                    jdbc.sql(
                                    """
                                    select exists
                                      (select from capture.runs mine
                                       where mine.run_id = :run
                                         and (mine.stopped_at is not null
                                              or exists (select from capture.runs later
                                                         where later.lab = mine.lab
                                                           and later.instance = mine.instance
                                                           and later.started_at > mine.started_at)))
                                    """)
                            .param("run", run)
                            .query(Boolean.class)
                            .single();
            if (isOver) {
                over.add(run);
            }
        }
        return over;
    }

    /** Failures whose own game had ended the flow in rows before those that were looked at. */
    private List<CommandFold.Failure> explainedBefore(UUID session, long from, SessionFold fold) {
        List<CommandFold.Failure> explained = new ArrayList<>();
        for (CommandFold.Failure failure : fold.unexplained()) {
            if (explained.size() == MOST_FAULTS || failure.part() == null) {
                continue;
            }
            boolean had =
                    one(
                                    """
                                    select exists
                                      (select from capture.events
                                       where session_id = :session and flow = :flow
                                         and session_sequence < :from and run_id = :run
                                         and (type in ('flow_reset', 'flow_refused')
                                              or type = 'flow_half_closed' and not :payload))
                                    """,
                                    session)
                            .param("flow", failure.part().flow())
                            .param("from", from)
                            .param("run", failure.delivery().run())
                            .param("payload", failure.hasPayload())
                            .query(Boolean.class)
                            .single();
            if (had) {
                explained.add(failure);
            }
        }
        return explained;
    }

    /**
     * Hands out what each row of a session says, in the order of the session, its payload's
     * checksum reckoned anew.
     *
     * @param last no row behind this sequence
     */
    public void rows(UUID session, long last, Consumer<Row> each) {
        snapshot.executeWithoutResult(_ -> {
            readInOrderOfKeys();
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
                    });
        });
    }

    /**
     * The sequence of a session's first row from a time on.
     *
     * @return 1 where all are
     */
    public long firstSince(UUID session, Instant since) {
        return one(
                        """
                        select session_sequence + 1 from capture.events
                        where session_id = :session and sequenced_at < :since
                        order by session_sequence desc limit 1
                        """,
                        session)
                .param("since", Columns.timestamp(since))
                .query(Long.class)
                .optional()
                .orElse(1L);
    }

    /** The highest sequence of a session in the tables; 0 for none. */
    public long lastSequence(UUID session) {
        return one(
                        "select coalesce(max(session_sequence), 0) from capture.events"
                                + " where session_id = :session",
                        session)
                .query(Long.class)
                .single();
    }

    /** Where a session stands in the topics; none where the journal has not noted it. */
    public List<LogRange> ranges(UUID session) {
        try {
            return one(
                            """
                            select topic, partition, first_offset, last_offset, owner_epoch
                            from capture.session_ranges where session_id = :session
                            """,
                            session)
                    .query((row, _) ->
                            new LogRange(
                                    row.getString("topic"),
                                    row.getInt("partition"),
                                    row.getLong("first_offset"),
                                    row.getLong("last_offset"),
                                    row.getLong("owner_epoch")))
                    .list();
        } catch (BadSqlGrammarException e) {
            // The journal is of a version that does not note them.
            return List.of();
        }
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

    private JdbcClient.StatementSpec one(String sql, UUID session) {
        return jdbc.sql(sql).param("session", session);
    }
}
