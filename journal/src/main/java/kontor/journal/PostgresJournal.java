package kontor.journal;

import com.google.protobuf.ByteString;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import kontor.database.CopyRows;
import kontor.journal.ledger.Effect;
import kontor.journal.ledger.FlowProgress;
import kontor.journal.ledger.RunRow;
import kontor.journal.ledger.SessionProgress;
import kontor.log.Addresses;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.SessionId;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Schema {@code capture} as the journal writes it. Each call blocks, and throws where the database
 * is away or refuses; nothing of a failed call is in the tables, or all of it where only the answer
 * was lost: {@link #positions} tells which.
 */
final class PostgresJournal {

    private final DataSource database;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final SessionTable sessions;

    PostgresJournal(DataSource database) {
        this.database = database;
        this.jdbc = new JdbcTemplate(database);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.sessions = new SessionTable(jdbc);
    }

    /**
     * Brings the schema to what this version needs. Idempotent; two at once wait for each other.
     */
    void migrate() {
        Flyway.configure()
                .dataSource(database)
                .schemas("capture")
                .defaultSchema("capture")
                .createSchemas(true)
                .table("flyway_schema_history")
                .locations("classpath:db/capture")
                .load()
                .migrate();
    }

    /** All positions there are. */
    Map<Position.Partition, Position> positions() {
        Map<Position.Partition, Position> positions = new HashMap<>();
        jdbc.query(
                """
                select topic, partition, topic_id, next_offset, owner_epoch
                from capture.journal_positions
                """,
                row -> {
                    positions.put(
                            new Position.Partition(row.getString(1), row.getInt(2)),
                            new Position(
                                    row.getObject(3, UUID.class), row.getLong(4), row.getLong(5)));
                });
        return positions;
    }

    /** Puts a position where none is, or a log that was made anew begins. */
    void begin(Position.Partition partition, Position position) {
        jdbc.update(
                """
                insert into capture.journal_positions
                    (topic, partition, topic_id, next_offset, owner_epoch)
                values (?, ?, ?, ?, ?)
                on conflict (topic, partition) do update
                set topic_id = excluded.topic_id,
                    next_offset = excluded.next_offset,
                    owner_epoch = excluded.owner_epoch
                where journal_positions.topic_id <> excluded.topic_id
                   or journal_positions.next_offset < excluded.next_offset
                """,
                partition.topic(),
                partition.number(),
                position.topicId(),
                position.nextOffset(),
                position.ownerEpoch());
    }

    /** How far each of these sessions has come; without those that have no row. */
    Map<SessionId, SessionProgress> recall(Collection<SessionId> wanted) {
        Map<SessionId, SessionProgress> known = new LinkedHashMap<>();
        for (SessionId session : wanted) {
            Long highest =
                    jdbc.queryForObject(
                            "select max(session_sequence) from capture.events where session_id = ?",
                            Long.class,
                            session.value());
            if (highest != null) {
                known.put(session, new SessionProgress(highest, flowsOf(session)));
            }
        }
        return known;
    }

    private Map<Integer, FlowProgress> flowsOf(SessionId session) {
        Map<Integer, FlowProgress> flows = new HashMap<>();
        jdbc.query(
                """
                select flow, protocol, opener_instance, target_instance,
                       opener_closed_sequence is not null, target_closed_sequence is not null,
                       closed_sequence is not null
                from capture.flows where session_id = ?
                """,
                row -> {
                    flows.put(
                            row.getInt(1),
                            new FlowProgress(
                                    "tcp".equals(row.getString(2)),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getBoolean(5),
                                    row.getBoolean(6),
                                    row.getBoolean(7)));
                },
                session.value());
        return flows;
    }

    /**
     * Writes a batch with its positions, all or nothing.
     *
     * @return how many rows were inserted
     * @throws PositionMovedException where another journal was quicker
     */
    long write(Batch batch) {
        Long rows =
                transaction.execute(_ -> {
                    // First, as it locks: a second journal waits here, and then finds out.
                    batch.moves().forEach(this::move);
                    batch.sessions().forEach(sessions::start);
                    startRuns(batch.runs());
                    SessionNotes.write(jdbc, batch);
                    long copied =
                            jdbc.execute((ConnectionCallback<Long>) c -> BulkRows.insert(c, batch));
                    closeFlows(batch);
                    stopRuns(batch.stops());
                    batch.ends().forEach(sessions::end);
                    return batch.sessions().size() + copied;
                });
        return rows;
    }

    private void move(Position.Partition partition, Batch.Move move) {
        int moved =
                jdbc.update(
                        """
                        update capture.journal_positions set next_offset = ?, owner_epoch = ?
                        where topic = ? and partition = ? and next_offset = ?
                        """,
                        move.to(),
                        move.ownerEpoch(),
                        partition.topic(),
                        partition.number(),
                        move.from());
        if (moved != 1) {
            throw new PositionMovedException(partition, move);
        }
    }

    private void startRuns(List<Effect.StartRun> runs) {
        jdbc.batchUpdate(
                """
                insert into capture.runs (run_id, lab, instance, instance_address,
                    peer_addresses, broadcast_address, software_version, capture_method,
                    started_at)
                values (?, ?, ?, ?::inet, ?::jsonb, ?::inet, ?, ?, ?)
                on conflict (run_id) do nothing
                """,
                runs.stream().map(run -> columns(run.row())).toList(),
                new int[] {
                    Types.OTHER,
                    Types.VARCHAR,
                    Types.VARCHAR,
                    Types.VARCHAR,
                    Types.VARCHAR,
                    Types.VARCHAR,
                    Types.VARCHAR,
                    Types.VARCHAR,
                    Types.TIMESTAMP_WITH_TIMEZONE
                });
    }

    private static @Nullable Object[] columns(RunRow run) {
        return new @Nullable Object[] {
            run.run(),
            CopyRows.storable(run.lab()),
            CopyRows.storable(run.instance()),
            text(run.instanceAddress()),
            CopyRows.storableJson(run.peerAddresses()),
            text(run.broadcastAddress()),
            CopyRows.storable(run.softwareVersion()),
            run.captureMethod(),
            time(run.startedAtMicros())
        };
    }

    private static @Nullable String text(@Nullable Bytes address) {
        return address == null ? null : Addresses.text(ByteString.copyFrom(address.asByteBuffer()));
    }

    private void stopRuns(List<Effect.StopRun> stops) {
        jdbc.batchUpdate(
                "update capture.runs set stopped_at = ? where run_id = ?",
                stops.stream()
                        .map(stop -> new Object[] {time(stop.stoppedAtMicros()), stop.run()})
                        .toList());
    }

    private void closeFlows(Batch batch) {
        for (boolean byOpener : new boolean[] {true, false}) {
            jdbc.batchUpdate(
                    "update capture.flows set %s = ? where session_id = ? and flow = ?"
                            .formatted(
                                    byOpener ? "opener_closed_sequence" : "target_closed_sequence"),
                    batch.halfCloses().stream()
                            .filter(halfClose -> halfClose.byOpener() == byOpener)
                            .map(halfClose ->
                                    new Object[] {
                                        halfClose.sequence(),
                                        halfClose.session().value(),
                                        halfClose.flow()
                                    })
                            .toList());
        }
        jdbc.batchUpdate(
                """
                update capture.flows set closed_sequence = ?, close_reason = ?
                where session_id = ? and flow = ?
                """,
                batch.flowEnds().stream()
                        .map(end ->
                                new Object[] {
                                    end.sequence(), end.reason(), end.session().value(), end.flow()
                                })
                        .toList());
    }

    private static OffsetDateTime time(long micros) {
        return instant(micros).atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
