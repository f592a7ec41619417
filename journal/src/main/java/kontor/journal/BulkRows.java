package kontor.journal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import kontor.database.CopyRows;
import kontor.journal.ledger.DeliveryRow;
import kontor.journal.ledger.Effect;
import kontor.journal.ledger.EventRow;
import kontor.journal.ledger.FlowRow;
import kontor.journal.ledger.ReceiptRow;
import org.jspecify.annotations.Nullable;

/**
 * The tables where the volume is: rows go in by COPY, which is several times as fast as inserts.
 * That none comes twice is sure from the positions in the same transaction, not from the tables'
 * keys.
 */
final class BulkRows {

    private BulkRows() {}

    /**
     * Inserts events, deliveries, flows and receipts of a batch, in the transaction of the
     * connection.
     *
     * @return how many rows
     */
    static Long insert(Connection connection, Batch batch) throws SQLException {
        long rows = 0;
        if (!batch.flows().isEmpty()) {
            rows += CopyRows.into(connection, FLOWS, copy -> copyFlows(copy, batch.flows()));
        }
        if (!batch.events().isEmpty()) {
            rows += CopyRows.into(connection, EVENTS, copy -> copyEvents(copy, batch.events()));
        }
        if (batch.events().stream().anyMatch(event -> !event.deliveries().isEmpty())) {
            rows +=
                    CopyRows.into(
                            connection, DELIVERIES, copy -> copyDeliveries(copy, batch.events()));
        }
        if (!batch.receipts().isEmpty()) {
            rows += insertReceipts(connection, batch.receipts());
        }
        return rows;
    }

    private static final String FLOWS =
            """
            capture.flows (session_id, flow, protocol, opener_instance, opener_address,
                opener_port, target_instance, target_address, target_port, first_sequence,
                reference_run_id, reference_number)\
            """;

    private static void copyFlows(CopyRows copy, List<Effect.OpenFlow> flows) throws SQLException {
        for (Effect.OpenFlow flow : flows) {
            FlowRow row = flow.row();
            String opener = row.opener().instance();
            copy.row(12)
                    .uuid(row.session().value())
                    .integer(row.number())
                    .text(row.protocol())
                    .text(opener == null ? "" : opener)
                    .inet(row.opener().address())
                    .integer(row.opener().port())
                    .text(row.target().instance())
                    .inet(row.target().address())
                    .integer(row.target().port())
                    .bigint(flow.firstSequence())
                    .uuid(row.reference() == null ? null : row.reference().run().value())
                    .bigint(row.reference() == null ? null : row.reference().number());
        }
    }

    private static final String EVENTS =
            """
            capture.events (session_id, session_sequence, type, owner_epoch, sequenced_at,
                verdict, verdict_detail, instance, run_id, adapter_sequence, captured_at, flow,
                from_opener, payload, payload_crc32c, delivered_payload, input_topic,
                input_partition, input_offset, detail)\
            """;

    private static void copyEvents(CopyRows copy, List<Effect.WriteEvent> events)
            throws SQLException {
        for (Effect.WriteEvent event : events) {
            EventRow row = event.row();
            copy.row(20)
                    .uuid(row.session().value())
                    .bigint(row.sequence())
                    .text(row.type())
                    .bigint(row.ownerEpoch())
                    .timestamptz(row.sequencedAtMicros())
                    .text(row.verdict())
                    .text(row.verdictDetail());
            EventRow.Adapter adapter = row.adapter();
            copy.text(adapter == null ? null : adapter.instance())
                    .uuid(adapter == null ? null : adapter.run())
                    .bigint(adapter == null ? null : adapter.sequence())
                    .timestamptz(adapter == null ? null : adapter.capturedAtMicros())
                    .integer(row.flow())
                    .bool(row.fromOpener())
                    .bytea(row.payload())
                    .bigint(adapter == null ? null : adapter.payloadCrc32c())
                    .bytea(row.deliveredPayload());
            EventRow.Input input = row.input();
            copy.text(input == null ? null : input.topic())
                    .integer(input == null ? null : input.partition())
                    .bigint(input == null ? null : input.offset())
                    .jsonb(row.detail());
        }
    }

    private static final String DELIVERIES =
            """
            capture.deliveries (session_id, session_sequence, instance, target_run_id,
                command_sequence, delivered_payload, copies)\
            """;

    private static void copyDeliveries(CopyRows copy, List<Effect.WriteEvent> events)
            throws SQLException {
        for (Effect.WriteEvent event : events) {
            for (DeliveryRow delivery : event.deliveries()) {
                copy.row(7)
                        .uuid(event.row().session().value())
                        .bigint(event.row().sequence())
                        .text(delivery.instance())
                        .uuid(delivery.targetRun())
                        .bigint(delivery.commandSequence())
                        .bytea(delivery.deliveredPayload())
                        .integer(delivery.copies());
            }
        }
    }

    /**
     * Not by COPY: an adapter may say again what it has said. Of a command that came late from an
     * earlier owner, and was refused, and then came from its successor, and was carried out, the
     * second receipt counts.
     */
    private static int insertReceipts(Connection connection, List<ReceiptRow> receipts)
            throws SQLException {
        try (var insert =
                connection.prepareStatement(
                        """
                        insert into capture.receipts (target_run_id, command_sequence, instance,
                            run_id, session_id, session_sequence, outcome, done_at,
                            payload_bytes, detail)
                        select distinct on (target_run_id, command_sequence, run_id) *
                        from unnest(?, ?, ?, ?, ?, ?, ?, ?::timestamptz[], ?, ?)
                            as said (target_run_id, command_sequence, instance, run_id,
                                session_id, session_sequence, outcome, done_at,
                                payload_bytes, detail)
                        order by target_run_id, command_sequence, run_id,
                            outcome = 'stale_owner'
                        on conflict (target_run_id, command_sequence, run_id) do update set
                            session_id = excluded.session_id,
                            session_sequence = excluded.session_sequence,
                            outcome = excluded.outcome, done_at = excluded.done_at,
                            payload_bytes = excluded.payload_bytes, detail = excluded.detail
                        where receipts.outcome = 'stale_owner'
                            and excluded.outcome <> 'stale_owner'
                        """)) {
            setColumn(insert, 1, "uuid", receipts, ReceiptRow::targetRun);
            setColumn(insert, 2, "bigint", receipts, ReceiptRow::commandSequence);
            setColumn(insert, 3, "text", receipts, row -> storable(row.instance()));
            setColumn(insert, 4, "uuid", receipts, ReceiptRow::run);
            setColumn(
                    insert,
                    5,
                    "uuid",
                    receipts,
                    row -> row.session() == null ? null : row.session().value());
            setColumn(
                    insert,
                    6,
                    "bigint",
                    receipts,
                    row -> row.session() == null ? null : row.sessionSequence());
            setColumn(insert, 7, "text", receipts, ReceiptRow::outcome);
            setColumn(
                    insert,
                    8,
                    "text",
                    receipts,
                    row -> Instant.EPOCH.plus(row.doneAtMicros(), ChronoUnit.MICROS).toString());
            setColumn(insert, 9, "bigint", receipts, ReceiptRow::payloadBytes);
            setColumn(insert, 10, "text", receipts, row -> storable(row.detail()));
            return insert.executeUpdate();
        }
    }

    private static void setColumn(
            PreparedStatement insert,
            int index,
            String type,
            List<ReceiptRow> rows,
            Function<ReceiptRow, @Nullable Object> field)
            throws SQLException {
        Array column =
                insert.getConnection().createArrayOf(type, rows.stream().map(field).toArray());
        insert.setArray(index, column);
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : CopyRows.storable(text);
    }
}
