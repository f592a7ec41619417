package kontor.gateway.filtering;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kontor.filters.evaluation.EventFacts;
import kontor.filters.evaluation.MessageFacts;
import kontor.filters.expression.Value;
import kontor.gateway.messages.MessageArchive;
import kontor.gateway.tables.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stored events and messages as filters ask about them, where SQL alone cannot decide. Blocks;
 * throws DataAccessException.
 */
@Repository
class FactArchive {

    private static final String EVENTS =
            """
            select e.session_sequence, e.type, coalesce(e.captured_at, e.sequenced_at) as at,
                   s.started_at, e.instance, e.verdict, e.flow, e.from_opener, e.payload,
                   e.delivered_payload, f.protocol,
                   host(f.opener_address) as opener_address, f.opener_port,
                   host(f.target_address) as target_address, f.target_port,
                   (select array_agg(d.instance order by d.instance) from capture.deliveries d
                    where d.session_id = e.session_id
                      and d.session_sequence = e.session_sequence) as delivered_to,
                   (select array_agg(k.label order by k.created_at) from capture.markers k
                    where k.session_id = e.session_id
                      and k.session_sequence = e.session_sequence) as markers
            from capture.events e
            join capture.sessions s on s.session_id = e.session_id
            left join capture.flows f on f.session_id = e.session_id and f.flow = e.flow
            where e.session_id = :session and e.session_sequence in (:sequences)
            """;

    private static final String MESSAGES =
            """
            select m.session_sequence, m.message_index, m.analyzer, m.protocol, m.type, m.summary,
                   m.completeness, m.problem, m.length, m.field_values
            from analysis.messages m
            where m.session_id = :session and m.session_sequence in (:sequences)
            order by m.session_sequence, m.message_index, m.analyzer
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    FactArchive(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A message and its place in the order of messages. */
    record StoredMessage(MessageArchive.MessageCursor place, MessageFacts facts) {}

    /** By sequence. */
    Map<Long, EventFacts> events(UUID session, Collection<Long> sequences) {
        Map<Long, EventFacts> found = new HashMap<>();
        if (!sequences.isEmpty()) {
            jdbc.sql(EVENTS)
                    .param("session", session)
                    .param("sequences", sequences)
                    .query(FactArchive::event)
                    .list()
                    .forEach(event -> found.put(event.sequence(), event));
        }
        return found;
    }

    /** In the order of messages, by sequence. */
    Map<Long, List<StoredMessage>> messages(UUID session, Collection<Long> sequences) {
        Map<Long, List<StoredMessage>> found = new HashMap<>();
        if (!sequences.isEmpty()) {
            jdbc.sql(MESSAGES)
                    .param("session", session)
                    .param("sequences", sequences)
                    .query(this::message)
                    .list()
                    .forEach(message ->
                            found.computeIfAbsent(
                                            message.place().sequence(), s -> new ArrayList<>())
                                    .add(message));
        }
        return found;
    }

    private static EventFacts event(ResultSet row, int number) throws SQLException {
        return new EventFacts(
                row.getLong("session_sequence"),
                row.getString("type"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                Columns.instant(row, "started_at"),
                row.getString("instance"),
                Columns.texts(row, "delivered_to"),
                row.getString("verdict"),
                flow(row),
                octets(row, "payload"),
                octets(row, "delivered_payload"),
                Columns.texts(row, "markers"));
    }

    private static EventFacts.@Nullable Flow flow(ResultSet row) throws SQLException {
        @Nullable Integer number = Columns.integer(row, "flow");
        @Nullable String protocol = row.getString("protocol");
        if (number == null || protocol == null) {
            return null;
        }
        boolean fromOpener = row.getBoolean("from_opener");
        String source = fromOpener ? "opener" : "target";
        String target = fromOpener ? "target" : "opener";
        return new EventFacts.Flow(
                number,
                protocol,
                Columns.address(row, source + "_address"),
                row.getInt(source + "_port"),
                Columns.address(row, target + "_address"),
                row.getInt(target + "_port"));
    }

    private static Value.@Nullable Octets octets(ResultSet row, String column) throws SQLException {
        byte @Nullable [] bytes = row.getBytes(column);
        return bytes == null ? null : Value.Octets.of(bytes);
    }

    private StoredMessage message(ResultSet row, int number) throws SQLException {
        String analyzer = row.getString("analyzer");
        return new StoredMessage(
                new MessageArchive.MessageCursor(
                        row.getLong("session_sequence"), row.getInt("message_index"), analyzer),
                new MessageFacts(
                        row.getString("protocol"),
                        row.getString("type"),
                        row.getString("summary"),
                        row.getString("completeness"),
                        row.getString("problem"),
                        analyzer,
                        row.getInt("length"),
                        values(row.getString("field_values"))));
    }

    private Map<String, List<Object>> values(String column) {
        Map<String, List<Object>> values = new LinkedHashMap<>();
        json.readTree(column)
                .properties()
                .forEach(field -> {
                    List<Object> found = new ArrayList<>();
                    for (JsonNode value : field.getValue()) {
                        if (value.isNumber()) {
                            found.add(value.decimalValue());
                        } else if (value.isString()) {
                            found.add(value.asString());
                        } else if (value.isBoolean()) {
                            found.add(value.asBoolean());
                        }
                    }
                    values.put(field.getKey(), found);
                });
        return values;
    }
}
