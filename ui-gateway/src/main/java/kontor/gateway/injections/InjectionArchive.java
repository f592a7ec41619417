package kontor.gateway.injections;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kontor.gateway.injections.Messages.Piece;
import kontor.gateway.tables.Columns;
import kontor.vocabulary.Bytes;
import kontor.vocabulary.FlowReference;
import kontor.vocabulary.RunId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stored flows and packets, as injections need them. Blocks; throws DataAccessException. */
@Repository
class InjectionArchive {

    /** So far back a boundary is looked for in a flow whose beginning is not stored. */
    private static final int TAIL_PIECES = 64;

    private final JdbcClient jdbc;

    InjectionArchive(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A flow.
     *
     * @param target null for a broadcast
     * @param reference null for UDP, and where it was never told
     * @param isOpen whether no event has ended it
     */
    record Flow(
            int number,
            boolean tcp,
            String opener,
            int openerPort,
            @Nullable String target,
            int targetPort,
            @Nullable FlowReference reference,
            boolean isOpen) {}

    Optional<Flow> flow(UUID session, int flow) {
        return jdbc.sql(
                        """
                        select flow, protocol, opener_instance, opener_port, target_instance, target_port,
                               reference_run_id, reference_number, closed_sequence is null as open
                        from capture.flows where session_id = :session and flow = :flow
                        """)
                .param("session", session)
                .param("flow", flow)
                .query(InjectionArchive::flow)
                .optional();
    }

    private static Flow flow(ResultSet row, int number) throws SQLException {
        @Nullable UUID run = row.getObject("reference_run_id", UUID.class);
        return new Flow(
                row.getInt("flow"),
                row.getString("protocol").equals("tcp"),
                row.getString("opener_instance"),
                row.getInt("opener_port"),
                row.getString("target_instance"),
                row.getInt("target_port"),
                run == null
                        ? null
                        : new FlowReference(new RunId(run), row.getLong("reference_number")),
                row.getBoolean("open"));
    }

    /** What a game sent with an event; empty if there is none, or it has no payload. */
    Optional<Bytes> payload(UUID session, long sequence) {
        return jdbc.sql(
                        """
                        select payload from capture.events
                        where session_id = :session and session_sequence = :sequence
                          and payload is not null
                        """)
                .param("session", session)
                .param("sequence", sequence)
                .query((row, number) -> Bytes.owning(row.getBytes("payload")))
                .optional();
    }

    /**
     * A message, put together from the events that it came in; empty if there is none with this
     * index, or not all of its bytes are stored.
     */
    Optional<Bytes> message(UUID session, long sequence, int index) {
        record Part(int length, Bytes bytes) {}
        List<Part> parts =
                jdbc.sql(
                                """
                                select m.length,
                                       substr(e.payload,
                                              coalesce((s.span ->> 'offset')::int, 0) + 1,
                                              (s.span ->> 'length')::int) as bytes
                                from (select length, spans from analysis.messages
                                      where session_id = :session
                                        and session_sequence = :sequence
                                        and message_index = :index
                                      order by analyzer limit 1) m
                                cross join lateral jsonb_array_elements(m.spans)
                                  with ordinality s(span, place)
                                join capture.events e
                                  on e.session_id = :session
                                 and e.session_sequence = (s.span ->> 'sequence')::bigint
                                where e.payload is not null
                                order by s.place
                                """)
                        .param("session", session)
                        .param("sequence", sequence)
                        .param("index", index)
                        .query((row, number) ->
                                new Part(row.getInt("length"), Bytes.owning(row.getBytes("bytes"))))
                        .list();
        Bytes message = Bytes.empty();
        for (Part part : parts) {
            message = message.plus(part.bytes());
        }
        boolean isWhole = !parts.isEmpty() && message.length() == parts.getFirst().length();
        return isWhole ? Optional.of(message) : Optional.empty();
    }

    /**
     * A stored packet.
     *
     * @param at when it was captured
     */
    record Packet(Instant at, Bytes payload) {}

    /** What one end of a flow sent, rising. */
    List<Packet> packets(
            UUID session, int flow, boolean fromOpener, long first, long last, int limit) {
        return jdbc.sql(
                        """
                        select coalesce(captured_at, sequenced_at) as at, payload
                        from capture.events
                        where session_id = :session and flow = :flow
                          and from_opener = :fromOpener and payload is not null
                          and type <> 'injection'
                          and session_sequence between :first and :last
                        order by session_sequence limit :limit
                        """)
                .param("session", session)
                .param("flow", flow)
                .param("fromOpener", fromOpener)
                .param("first", first)
                .param("last", last)
                .param("limit", limit)
                .query((row, number) ->
                        new Packet(
                                Columns.instant(row, "at"), Bytes.owning(row.getBytes("payload"))))
                .list();
    }

    /** The last of what one end of a TCP flow wrote, rising, without holes. */
    List<Piece> tail(UUID session, int flow, boolean fromOpener) {
        List<Piece> newestFirst =
                pieces(session, flow, fromOpener, 0, "order by session_sequence desc", TAIL_PIECES);
        List<Piece> whole = new ArrayList<>();
        for (Piece piece : newestFirst) {
            if (!whole.isEmpty() && piece.end() != whole.getLast().offset()) {
                break;
            }
            whole.add(piece);
        }
        return whole.reversed();
    }

    /** The next of what one end of a TCP flow wrote behind an event, rising. */
    List<Piece> next(UUID session, int flow, boolean fromOpener, long after, int limit) {
        return pieces(session, flow, fromOpener, after, "order by session_sequence", limit);
    }

    private List<Piece> pieces(
            UUID session, int flow, boolean fromOpener, long after, String order, int limit) {
        return jdbc.sql(
                        """
                        select session_sequence, payload,
                               coalesce((detail ->> 'streamOffset')::bigint, 0) as at
                        from capture.events
                        where session_id = :session and flow = :flow
                          and from_opener = :fromOpener and type = 'flow_data'
                          and session_sequence > :after
                        """
                                + order
                                + " limit :limit")
                .param("session", session)
                .param("flow", flow)
                .param("fromOpener", fromOpener)
                .param("after", after)
                .param("limit", limit)
                .query((row, number) ->
                        new Piece(
                                row.getLong("session_sequence"),
                                row.getLong("at"),
                                Bytes.owning(row.getBytes("payload"))))
                .list();
    }

    /** Whether the session has the beginning of a flow. */
    boolean hasBeginning(UUID session, int flow) {
        return jdbc.sql(
                        """
                        select exists(select from capture.events
                          where session_id = :session and flow = :flow and type = 'flow_opened')
                        """)
                .param("session", session)
                .param("flow", flow)
                .query(Boolean.class)
                .single();
    }
}
