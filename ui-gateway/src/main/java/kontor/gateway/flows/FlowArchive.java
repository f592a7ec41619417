package kontor.gateway.flows;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import kontor.gateway.events.EventArchive;
import kontor.gateway.flows.StreamPage.Turn;
import kontor.gateway.tables.Columns;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Flows as the journal has written them. Blocks; throws DataAccessException. */
@Repository
public class FlowArchive {

    private final JdbcClient jdbc;

    FlowArchive(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The first flows above {@code after}, by number. */
    public List<FlowSummary> flowsAfter(UUID session, int after, int limit) {
        return jdbc.sql(
                        """
                        select f.flow, f.protocol, f.first_sequence, f.closed_sequence,
                               f.close_reason, f.opener_instance,
                               host(f.opener_address) as opener_address, f.opener_port,
                               f.target_instance, host(f.target_address) as target_address,
                               f.target_port, e.events, e.from_opener, e.from_target
                        from capture.flows f
                        cross join lateral (
                          select count(*) as events,
                                 coalesce(sum(octet_length(payload))
                                   filter (where from_opener and type <> 'injection'), 0)
                                   as from_opener,
                                 coalesce(sum(octet_length(payload))
                                   filter (where not from_opener and type <> 'injection'), 0)
                                   as from_target
                          from capture.events
                          where session_id = f.session_id and flow = f.flow) e
                        where f.session_id = :session and f.flow > :after
                        order by f.flow limit :limit
                        """)
                .param("session", session)
                .param("after", after)
                .param("limit", limit)
                .query(FlowArchive::flow)
                .list();
    }

    public boolean exists(UUID session, int flow) {
        return jdbc.sql(
                        "select exists(select from capture.flows"
                                + " where session_id = :session and flow = :flow)")
                .param("session", session)
                .param("flow", flow)
                .query(Boolean.class)
                .single();
    }

    /**
     * The events of a flow with which its games sent bytes, in order.
     *
     * @param fromOpener null for both directions
     */
    public List<Piece> piecesAfter(
            UUID session, int flow, @Nullable Boolean fromOpener, long after, int limit) {
        String direction = fromOpener == null ? "" : "and from_opener = " + fromOpener + "\n";
        return jdbc.sql(
                        """
                        select session_sequence, coalesce(captured_at, sequenced_at) as at,
                               from_opener, payload, delivered_payload
                        from capture.events
                        where session_id = :session and flow = :flow and session_sequence > :after
                          and payload is not null and type <> 'injection'
                        """
                                + direction
                                + "order by session_sequence limit :limit")
                .param("session", session)
                .param("flow", flow)
                .param("after", after)
                .param("limit", limit)
                .query(FlowArchive::piece)
                .list();
    }

    /** What one event added to a flow. */
    public record Piece(
            long sequence,
            Instant at,
            boolean fromOpener,
            Bytes payload,
            @Nullable Bytes delivered) {

        public Turn asTurn() {
            return new Turn(
                    sequence,
                    at,
                    fromOpener ? "opener" : "target",
                    payload.toHex(),
                    delivered == null ? null : delivered.toHex());
        }
    }

    private static Piece piece(ResultSet row, int number) throws SQLException {
        byte @Nullable [] delivered = row.getBytes("delivered_payload");
        return new Piece(
                row.getLong("session_sequence"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getBoolean("from_opener"),
                Bytes.owning(row.getBytes("payload")),
                delivered == null ? null : Bytes.owning(delivered));
    }

    private static FlowSummary flow(ResultSet row, int number) throws SQLException {
        return new FlowSummary(
                row.getInt("flow"),
                row.getString("protocol"),
                EventArchive.end(row, "opener"),
                EventArchive.end(row, "target"),
                row.getLong("first_sequence"),
                Columns.number(row, "closed_sequence"),
                row.getString("close_reason"),
                row.getLong("events"),
                row.getLong("from_opener"),
                row.getLong("from_target"));
    }
}
