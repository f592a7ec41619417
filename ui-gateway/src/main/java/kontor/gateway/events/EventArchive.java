package kontor.gateway.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import kontor.gateway.tables.Columns;
import kontor.vocabulary.Bytes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Session events as the journal has written them. Blocks; throws DataAccessException. */
@Repository
public class EventArchive {

    private static final String SUMMARY =
            """
            select e.session_sequence, e.type, e.sequenced_at, e.captured_at, e.verdict,
                   e.verdict_detail, e.instance, e.flow, e.from_opener, e.detail,
                   octet_length(e.payload) as length,
                   substring(e.payload from 1 for %1$d) as head,
                   octet_length(e.delivered_payload) as delivered_length,
                   substring(e.delivered_payload from 1 for %1$d) as delivered_head,
                   f.protocol,
                   f.opener_instance, host(f.opener_address) as opener_address, f.opener_port,
                   f.target_instance, host(f.target_address) as target_address, f.target_port,
                   (select array_agg(d.instance order by d.instance) from capture.deliveries d
                    where d.session_id = e.session_id
                      and d.session_sequence = e.session_sequence) as delivered_to
                   %2$s
            from capture.events e
            left join capture.flows f on f.session_id = e.session_id and f.flow = e.flow
            where e.session_id = :session
            """;

    private static final String WITHOUT_PAYLOAD = SUMMARY.formatted(EventSummary.HEAD_BYTES, "");
    private static final String WITH_PAYLOAD =
            SUMMARY.formatted(
                    EventSummary.HEAD_BYTES,
                    """
                    , e.run_id, e.adapter_sequence, e.owner_epoch, e.payload, e.payload_crc32c,
                      e.delivered_payload, e.input_topic, e.input_partition, e.input_offset
                    """);

    private final JdbcClient jdbc;
    private final JsonMapper json;

    EventArchive(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The first events above {@code after} and below {@code before}, rising. */
    public List<EventSummary> eventsAfter(UUID session, long after, long before, int limit) {
        return jdbc.sql(
                        WITHOUT_PAYLOAD
                                + "and e.session_sequence > :after"
                                + " and e.session_sequence < :before"
                                + " order by e.session_sequence limit :limit")
                .param("session", session)
                .param("after", after)
                .param("before", before)
                .param("limit", limit)
                .query(this::summary)
                .list();
    }

    /** The last events below {@code before}, rising. */
    public List<EventSummary> eventsBefore(UUID session, long before, int limit) {
        List<EventSummary> newestFirst =
                jdbc.sql(
                                WITHOUT_PAYLOAD
                                        + "and e.session_sequence < :before"
                                        + " order by e.session_sequence desc limit :limit")
                        .param("session", session)
                        .param("before", before)
                        .param("limit", limit)
                        .query(this::summary)
                        .list();
        return newestFirst.reversed();
    }

    /** These events, rising. */
    public List<EventSummary> events(UUID session, Collection<Long> sequences) {
        return sequences.isEmpty()
                ? List.of()
                : jdbc.sql(
                                WITHOUT_PAYLOAD
                                        + "and e.session_sequence in (:sequences)"
                                        + " order by e.session_sequence")
                        .param("session", session)
                        .param("sequences", sequences)
                        .query(this::summary)
                        .list();
    }

    /** The sequence of the newest event; 0 for none. */
    public long last(UUID session) {
        return jdbc.sql(
                        "select coalesce(max(session_sequence), 0) from capture.events"
                                + " where session_id = :session")
                .param("session", session)
                .query(Long.class)
                .single();
    }

    /** All of one event but its messages. */
    public Optional<EventDetail> event(UUID session, long sequence) {
        List<EventDetail.Delivery> deliveries = deliveries(session, sequence);
        return jdbc.sql(WITH_PAYLOAD + "and e.session_sequence = :sequence")
                .param("session", session)
                .param("sequence", sequence)
                .query((row, number) -> detail(session, row, deliveries))
                .optional();
    }

    private EventSummary summary(ResultSet row, int number) throws SQLException {
        String type = row.getString("type");
        @Nullable OffsetDateTime capturedAt = row.getObject("captured_at", OffsetDateTime.class);
        @Nullable Integer length = Columns.integer(row, "length");
        return new EventSummary(
                row.getLong("session_sequence"),
                type,
                capturedAt == null ? Columns.instant(row, "sequenced_at") : capturedAt.toInstant(),
                Columns.instant(row, "sequenced_at"),
                row.getString("instance"),
                row.getString("verdict"),
                row.getString("verdict_detail"),
                flow(row),
                length,
                Columns.hex(row, "head"),
                Columns.integer(row, "delivered_length"),
                Columns.hex(row, "delivered_head"),
                Descriptions.of(type, length == null ? 0 : length, facts(row)),
                Columns.texts(row, "delivered_to"));
    }

    private static @Nullable FlowPart flow(ResultSet row) throws SQLException {
        @Nullable Integer number = Columns.integer(row, "flow");
        @Nullable String protocol = row.getString("protocol");
        if (number == null || protocol == null) {
            return null;
        }
        FlowEnd opener = end(row, "opener");
        FlowEnd target = end(row, "target");
        boolean fromOpener = row.getBoolean("from_opener");
        return new FlowPart(
                number,
                protocol,
                fromOpener,
                fromOpener ? opener : target,
                fromOpener ? target : opener);
    }

    public static FlowEnd end(ResultSet row, String which) throws SQLException {
        return new FlowEnd(
                row.getString(which + "_instance"),
                Columns.address(row, which + "_address"),
                row.getInt(which + "_port"));
    }

    private EventDetail detail(UUID session, ResultSet row, List<EventDetail.Delivery> deliveries)
            throws SQLException {
        @Nullable String topic = row.getString("input_topic");
        @Nullable Long expected = Columns.number(row, "payload_crc32c");
        return new EventDetail(
                session,
                summary(row, 0),
                row.getObject("run_id", UUID.class),
                Columns.number(row, "adapter_sequence"),
                row.getLong("owner_epoch"),
                topic == null
                        ? null
                        : new EventDetail.Input(
                                topic, row.getInt("input_partition"), row.getLong("input_offset")),
                payload(row.getBytes("payload"), expected),
                payload(row.getBytes("delivered_payload"), null),
                facts(row),
                deliveries,
                List.of());
    }

    private static EventDetail.@Nullable Payload payload(
            byte @Nullable [] array, @Nullable Long expected) {
        if (array == null) {
            return null;
        }
        Bytes bytes = Bytes.owning(array);
        long crc = Integer.toUnsignedLong(bytes.crc32c());
        return new EventDetail.Payload(
                bytes.length(), crc, expected == null ? null : crc == expected, bytes.toHex());
    }

    private Map<String, Object> facts(ResultSet row) throws SQLException {
        @Nullable String detail = row.getString("detail");
        if (detail == null) {
            return Map.of();
        }
        Map<String, Object> facts =
                json.readValue(detail, new TypeReference<LinkedHashMap<String, Object>>() {});
        facts.values().removeIf(value -> value == null);
        return facts;
    }

    private List<EventDetail.Delivery> deliveries(UUID session, long sequence) {
        return jdbc.sql(
                        """
                        select instance, target_run_id, command_sequence, delivered_payload,
                               coalesce(copies, 1) as copies
                        from capture.deliveries
                        where session_id = :session and session_sequence = :sequence
                        order by instance
                        """)
                .param("session", session)
                .param("sequence", sequence)
                .query((row, number) -> {
                    UUID run = row.getObject("target_run_id", UUID.class);
                    long command = row.getLong("command_sequence");
                    return new EventDetail.Delivery(
                            row.getString("instance"),
                            run,
                            command,
                            payload(row.getBytes("delivered_payload"), null),
                            row.getInt("copies"),
                            receipts(run, command));
                })
                .list();
    }

    /** The deliveries of these events with their receipts, by event. */
    public Map<Long, List<EventDetail.Delivery>> deliveries(
            UUID session, Collection<Long> sequences) {
        if (sequences.isEmpty()) {
            return Map.of();
        }
        List<Delivered> rows =
                jdbc.sql(
                                """
                                select d.session_sequence, d.instance, d.target_run_id,
                                       d.command_sequence, d.delivered_payload,
                                       coalesce(d.copies, 1) as copies, r.run_id, r.outcome, r.done_at,
                                       r.payload_bytes, r.detail
                                from capture.deliveries d
                                left join capture.receipts r
                                  on r.target_run_id = d.target_run_id
                                  and r.command_sequence = d.command_sequence
                                where d.session_id = :session
                                  and d.session_sequence in (:sequences)
                                order by d.session_sequence, d.instance, r.done_at
                                """)
                        .param("session", session)
                        .param("sequences", sequences)
                        .query(EventArchive::delivered)
                        .list();
        Map<Long, List<EventDetail.Delivery>> found = new HashMap<>();
        rows.stream()
                .collect(
                        Collectors.groupingBy(
                                Delivered::key, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(same ->
                        found.computeIfAbsent(same.getFirst().sequence(), _ -> new ArrayList<>())
                                .add(together(same)));
        return found;
    }

    /** One delivery and one of its receipts; without a receipt where it has none. */
    private record Delivered(
            long sequence,
            String instance,
            UUID run,
            long command,
            EventDetail.@Nullable Payload delivered,
            int copies,
            @Nullable Receipt receipt) {

        List<Object> key() {
            return List.of(sequence, run, command);
        }
    }

    private static Delivered delivered(ResultSet row, int number) throws SQLException {
        return new Delivered(
                row.getLong("session_sequence"),
                row.getString("instance"),
                row.getObject("target_run_id", UUID.class),
                row.getLong("command_sequence"),
                payload(row.getBytes("delivered_payload"), null),
                row.getInt("copies"),
                row.getString("outcome") == null ? null : receipt(row, number));
    }

    private static EventDetail.Delivery together(List<Delivered> same) {
        Delivered first = same.getFirst();
        return new EventDetail.Delivery(
                first.instance(),
                first.run(),
                first.command(),
                first.delivered(),
                first.copies(),
                same.stream().map(Delivered::receipt).filter(Objects::nonNull).toList());
    }

    private List<Receipt> receipts(UUID run, long command) {
        return jdbc.sql(
                        """
                        select run_id, outcome, done_at, payload_bytes, detail
                        from capture.receipts
                        where target_run_id = :run and command_sequence = :command
                        order by done_at
                        """)
                .param("run", run)
                .param("command", command)
                .query(EventArchive::receipt)
                .list();
    }

    private static Receipt receipt(ResultSet row, int number) throws SQLException {
        return new Receipt(
                row.getObject("run_id", UUID.class),
                row.getString("outcome"),
                Columns.instant(row, "done_at"),
                row.getLong("payload_bytes"),
                row.getString("detail"));
    }
}
