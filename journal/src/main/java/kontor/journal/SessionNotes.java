package kontor.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import kontor.journal.ledger.ReceiptRow;
import kontor.topics.Topics;
import kontor.vocabulary.SessionId;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What is noted of sessions beside their rows: where they stand in the topics, and that verdicts of
 * before hold no longer. One statement a batch; takes part in the transaction around it.
 */
final class SessionNotes {

    /**
     * A session that was journalled by a version without ranges gets none later on: it would begin
     * in its middle.
     */
    private static final String SQL =
            """
            with void as (delete from capture.verdicts where session_id = any (?))
            insert into capture.session_ranges
                (session_id, topic, partition, first_offset, last_offset, owner_epoch)
            select session_id, topic, partition, first_offset, last_offset, owner_epoch
            from unnest(?, ?, ?, ?, ?, ?, ?) as part (session_id, topic, partition, first_offset,
                last_offset, owner_epoch, has_begun)
            where has_begun
               or exists (select from capture.session_ranges had
                          where had.session_id = part.session_id and had.topic = ?)
            on conflict (session_id, topic, partition) do update set
                first_offset = least(session_ranges.first_offset, excluded.first_offset),
                last_offset = greatest(session_ranges.last_offset, excluded.last_offset)
            """;

    private SessionNotes() {}

    static void write(JdbcOperations jdbc, Batch batch) {
        Set<UUID> touched = new HashSet<>();
        batch.events().forEach(event -> touched.add(event.row().session().value()));
        for (ReceiptRow receipt : batch.receipts()) {
            if (receipt.session() != null) {
                touched.add(receipt.session().value());
            }
        }
        if (!touched.isEmpty()) {
            jdbc.execute((ConnectionCallback<Integer>) c -> write(c, batch, touched));
        }
    }

    private static Integer write(Connection connection, Batch batch, Set<UUID> touched)
            throws SQLException {
        Set<SessionId> begun = new HashSet<>();
        batch.sessions().forEach(session -> begun.add(session.session()));
        List<SessionRange> ranges = List.copyOf(batch.ranges());
        try (PreparedStatement write = connection.prepareStatement(SQL)) {
            write.setArray(1, connection.createArrayOf("uuid", touched.toArray()));
            column(write, 2, "uuid", ranges, range -> range.key().session().value());
            column(write, 3, "text", ranges, range -> range.key().topic());
            column(write, 4, "integer", ranges, range -> range.key().partition());
            column(write, 5, "bigint", ranges, SessionRange::firstOffset);
            column(write, 6, "bigint", ranges, SessionRange::lastOffset);
            column(write, 7, "bigint", ranges, SessionRange::ownerEpoch);
            column(write, 8, "boolean", ranges, range -> begun.contains(range.key().session()));
            write.setString(9, Topics.SESSION_EVENTS);
            return write.executeUpdate();
        }
    }

    private static void column(
            PreparedStatement write,
            int index,
            String type,
            List<SessionRange> ranges,
            Function<SessionRange, Object> field)
            throws SQLException {
        Object[] values = ranges.stream().map(field).toArray();
        write.setArray(index, write.getConnection().createArrayOf(type, values));
    }
}
