package kontor.gateway.export;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.captures.export.InstanceNetwork;
import kontor.captures.export.RecordedEvent;
import kontor.captures.export.RecordedEvent.Range;
import kontor.captures.export.RecordedFlow;
import kontor.gateway.sessions.SessionSummary;
import kontor.gateway.tables.Columns;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Sessions as captures want them. Blocks; throws DataAccessException. */
@Repository
public class ExportArchive {

    /** Bytes of payload that are read at once, and one event more. */
    private static final int BYTES_AT_ONCE = 4 << 20;

    private static final String EVENTS =
            """
            select p.*, f.protocol,
                   f.opener_instance, host(f.opener_address) as opener_address, f.opener_port,
                   f.target_instance, host(f.target_address) as target_address, f.target_port,
                   t.told_instances, t.told_payloads, t.told_copies
            from (
              select e.*,
                     sum(coalesce(octet_length(e.payload), 0)) over
                       (order by e.session_sequence) - coalesce(octet_length(e.payload), 0)
                       as bytes_before
              from (select session_id, session_sequence, type,
                           coalesce(captured_at, sequenced_at) as at, instance, verdict,
                           verdict_detail, flow, from_opener, payload, delivered_payload,
                           (detail ->> 'streamOffset')::bigint as stream_offset,
                           case when type = 'datagrams_missed'
                                then (detail ->> 'count')::bigint else 0 end as missed
                    from capture.events
                    where session_id = :session and session_sequence > :after %s
                    order by session_sequence limit :limit) e) p
            left join capture.flows f on f.session_id = p.session_id and f.flow = p.flow
            left join lateral (
              select array_agg(d.instance order by d.instance) as told_instances,
                     array_agg(coalesce(d.delivered_payload, p.payload) order by d.instance)
                       as told_payloads,
                     array_agg(coalesce(d.copies, 1) order by d.instance) as told_copies
              from capture.deliveries d
              where p.verdict <> 'relayed' and d.session_id = p.session_id
                and d.session_sequence = p.session_sequence
                and (d.delivered_payload is not null or d.copies > 1)) t on true
            where p.bytes_before < %d
            order by p.session_sequence
            """;

    private static final String ALL = EVENTS.formatted("", BYTES_AT_ONCE);

    /** An event of which analysis has nothing to say after a second will not become a message. */
    private static final String SETTLED =
            EVENTS.formatted(
                    """
                    and (session_sequence <= :analysed
                         or sequenced_at < now() - interval '1 second')
                    """,
                    BYTES_AT_ONCE);

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ExportArchive(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The networks of the lab's instances, as they were last while the session ran. */
    List<InstanceNetwork> networks(SessionSummary session) {
        return jdbc.sql(
                        """
                        select distinct on (instance) instance,
                               host(instance_address) as address, peer_addresses
                        from capture.runs
                        where lab = :lab
                          and started_at <= coalesce(:ended, 'infinity'::timestamptz)
                        order by instance, started_at desc
                        """)
                .param("lab", session.lab())
                .param(
                        "ended",
                        session.endedAt() == null ? null : Columns.timestamp(session.endedAt()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .query((row, number) -> network(row))
                .list();
    }

    private InstanceNetwork network(ResultSet row) throws SQLException {
        Map<String, String> addresses = new HashMap<>();
        addresses.putAll(
                json.readValue(
                        row.getString("peer_addresses"),
                        new TypeReference<Map<String, String>>() {}));
        @Nullable String own = row.getString("address");
        if (own != null) {
            addresses.put(row.getString("instance"), own);
        }
        return new InstanceNetwork(row.getString("instance"), addresses);
    }

    /** Where the messages of a page of events are. */
    private record Place(long sequence, int flow) {}

    /**
     * The first events above {@code after}, rising, all of them wanted.
     *
     * @param live whether to wait a moment for analysis, whose messages tell where to cut
     */
    public List<RecordedEvent> eventsAfter(UUID session, long after, int limit, boolean live) {
        // How far analysis is comes first: what comes meanwhile is then not waited for in vain.
        long analysed = analysedThrough(session);
        JdbcClient.StatementSpec query =
                jdbc.sql(live ? SETTLED : ALL)
                        .param("session", session)
                        .param("after", after)
                        .param("limit", limit);
        List<RecordedEvent> events =
                (live ? query.param("analysed", analysed) : query)
                        .query((row, number) -> event(row, analysed))
                        .list();
        return events.isEmpty() ? events : withMessages(session, events);
    }

    /** Through which event analysis has said all that it has to say. */
    private long analysedThrough(UUID session) {
        return jdbc.sql(
                        """
                        select case when exists (select 1 from analysis.sessions
                                                 where session_id = :session and ended)
                          then 9223372036854775807
                          else coalesce((select max(session_sequence) from analysis.messages
                                         where session_id = :session), 0) end
                        """)
                .param("session", session)
                .query(Long.class)
                .single();
    }

    private List<RecordedEvent> withMessages(UUID session, List<RecordedEvent> events) {
        Map<Place, List<Range>> ranges = new HashMap<>();
        jdbc.sql(
                        """
                        select m.session_sequence, m.flow,
                               min(case when (s ->> 'sequence')::bigint = m.session_sequence
                                        then (s ->> 'offset')::int else 0 end) as first,
                               max(case when (s ->> 'sequence')::bigint = m.session_sequence
                                        then (s ->> 'offset')::int + (s ->> 'length')::int
                                        else 0 end) as behind
                        from analysis.messages m, jsonb_array_elements(m.spans) s
                        where m.session_id = :session and not m.reassembled
                          and m.session_sequence between :first and :last
                        group by m.session_sequence, m.flow, m.message_index, m.analyzer
                        having bool_or((s ->> 'sequence')::bigint = m.session_sequence)
                        """)
                .param("session", session)
                .param("first", events.getFirst().sequence())
                .param("last", events.getLast().sequence())
                .query(row -> {
                    ranges.computeIfAbsent(
                                    new Place(row.getLong("session_sequence"), row.getInt("flow")),
                                    _ -> new ArrayList<>())
                            .add(new Range(row.getInt("first"), row.getInt("behind")));
                });
        return events.stream()
                .map(event -> {
                    @Nullable RecordedFlow flow = event.flow();
                    return flow == null || !flow.tcp()
                            ? event
                            : event.withMessages(
                                    ranges.getOrDefault(
                                            new Place(event.sequence(), flow.number()), List.of()));
                })
                .toList();
    }

    private static RecordedEvent event(ResultSet row, long analysed) throws SQLException {
        long sequence = row.getLong("session_sequence");
        @Nullable Long offset = Columns.number(row, "stream_offset");
        @Nullable Long missed = Columns.number(row, "missed");
        @Nullable String instance = row.getString("instance");
        @Nullable String detail = row.getString("verdict_detail");
        byte @Nullable [] payload = row.getBytes("payload");
        return new RecordedEvent(
                sequence,
                row.getString("type"),
                ChronoUnit.MICROS.between(Instant.EPOCH, Columns.instant(row, "at")),
                instance == null ? "" : instance,
                row.getString("verdict"),
                detail == null ? "" : detail,
                flow(row),
                row.getBoolean("from_opener"),
                offset == null ? -1 : offset,
                missed == null ? 0 : missed,
                payload == null ? Bytes.empty() : Bytes.owning(payload),
                told(row),
                List.of(),
                sequence <= analysed,
                true,
                List.of());
    }

    private static List<RecordedEvent.Told> told(ResultSet row) throws SQLException {
        List<String> instances = Columns.texts(row, "told_instances");
        if (instances.isEmpty()) {
            return toldOfOldRecordings(row);
        }
        byte[][] payloads = (byte[][]) row.getArray("told_payloads").getArray();
        Integer[] copies = (Integer[]) row.getArray("told_copies").getArray();
        List<RecordedEvent.Told> told = new ArrayList<>();
        for (int i = 0; i < instances.size(); i++) {
            told.add(
                    new RecordedEvent.Told(instances.get(i), Bytes.owning(payloads[i]), copies[i]));
        }
        return told;
    }

    /** They say what was delivered, but not to whom. */
    private static List<RecordedEvent.Told> toldOfOldRecordings(ResultSet row) throws SQLException {
        byte @Nullable [] delivered = row.getBytes("delivered_payload");
        @Nullable RecordedFlow flow = flow(row);
        return delivered == null || flow == null
                ? List.of()
                : List.of(
                        new RecordedEvent.Told(
                                flow.end(!row.getBoolean("from_opener")).instance(),
                                Bytes.owning(delivered),
                                1));
    }

    private static @Nullable RecordedFlow flow(ResultSet row) throws SQLException {
        @Nullable Integer number = Columns.integer(row, "flow");
        @Nullable String protocol = row.getString("protocol");
        return number == null || protocol == null
                ? null
                : new RecordedFlow(
                        number, protocol.equals("tcp"), end(row, "opener"), end(row, "target"));
    }

    private static RecordedFlow.End end(ResultSet row, String which) throws SQLException {
        @Nullable String instance = row.getString(which + "_instance");
        @Nullable String address = row.getString(which + "_address");
        return new RecordedFlow.End(
                instance == null ? "" : instance,
                new InetSocketAddress(
                        InetAddress.ofLiteral(address == null ? "0.0.0.0" : address),
                        row.getInt(which + "_port")));
    }
}
