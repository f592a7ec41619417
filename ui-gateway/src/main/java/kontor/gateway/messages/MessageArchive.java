package kontor.gateway.messages;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import kontor.gateway.tables.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages as analysis has written them. Blocks; throws DataAccessException. */
@Repository
public class MessageArchive {

    private static final String SUMMARY =
            """
            select m.session_sequence, m.message_index, m.analyzer, m.analyzer_version, m.flow,
                   m.from_instance, m.to_instance, m.protocol, m.type, m.summary, m.completeness,
                   m.problem, m.length
            """;

    private static final String WHERE_SESSION =
            """
            from analysis.messages m
            where m.session_id = :session
            """;

    /** How many later messages of a flow are searched for one that has bytes in an event. */
    private static final int SEARCHED = 4096;

    private static final String CHOSEN_VALUES =
            """
            , (select jsonb_object_agg(f.key, f.value)
               from jsonb_each(m.field_values) f
               where f.key in (:fields)) as chosen
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    MessageArchive(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * The messages that became whole with these events, by event, with their values of these
     * fields, by name and whatever their depth.
     *
     * @param sequences of the events, which may lie far from each other
     * @param fields without any, none are looked for
     */
    public Map<Long, List<MessageSummary>> summaries(
            UUID session, Collection<Long> sequences, List<String> fields) {
        if (sequences.isEmpty()) {
            return Map.of();
        }
        boolean chosen = !fields.isEmpty();
        StatementSpec statement =
                jdbc.sql(
                                SUMMARY
                                        + (chosen ? CHOSEN_VALUES : "")
                                        + WHERE_SESSION
                                        + """
                                        and m.session_sequence in (:sequences)
                                        order by m.session_sequence, m.message_index, m.analyzer
                                        """)
                        .param("session", session)
                        .param("sequences", sequences);
        if (chosen) {
            statement = statement.param("fields", fields);
        }
        return statement
                .query((row, _) -> {
                    MessageSummary summary = summary(row);
                    return chosen ? summary.with(values(row)) : summary;
                })
                .list()
                .stream()
                .collect(Collectors.groupingBy(MessageSummary::sequence));
    }

    private Map<String, List<Object>> values(ResultSet row) throws SQLException {
        @Nullable String chosen = row.getString("chosen");
        if (chosen == null) {
            return Map.of();
        }
        Map<String, List<Object>> values = json.readValue(chosen, new TypeReference<>() {});
        values.values().forEach(found -> found.removeIf(Objects::isNull));
        return values;
    }

    /** How far analysis has come, and which analyzers spoke there; both empty for not at all. */
    public Reached reached(UUID session, long through) {
        List<Reached> found =
                jdbc.sql(
                                """
                                select m.session_sequence, array_agg(distinct m.analyzer) analyzers
                                from analysis.messages m
                                where m.session_id = :session and m.session_sequence =
                                  (select max(n.session_sequence) from analysis.messages n
                                   where n.session_id = :session
                                     and n.session_sequence <= :through)
                                group by m.session_sequence
                                """)
                        .param("session", session)
                        .param("through", through)
                        .query((row, number) ->
                                new Reached(
                                        row.getLong("session_sequence"),
                                        Columns.texts(row, "analyzers")))
                        .list();
        return found.isEmpty() ? new Reached(0, List.of()) : found.getFirst();
    }

    /**
     * How far analysis has come in a session.
     *
     * @param sequence of the newest event with a message; 0 for none
     */
    public record Reached(long sequence, List<String> analyzers) {

        public Reached {
            analyzers = List.copyOf(analyzers);
        }
    }

    /** Whether analysis has come to the end of a session, and stored all that it found. */
    public boolean isAnalysed(UUID session) {
        return jdbc.sql(
                        "select exists (select 1 from analysis.sessions where session_id = :session"
                                + " and ended)")
                .param("session", session)
                .query(Boolean.class)
                .single();
    }

    /** What analyzers found from one event through another, both included, rising. */
    public List<AnalysisNews> results(UUID session, long from, long through, int limit) {
        List<Line> lines =
                jdbc.sql(
                                SUMMARY
                                        + """
                                        from (
                                          select distinct session_sequence, analyzer
                                          from analysis.messages
                                          where session_id = :session
                                            and session_sequence between :from and :through
                                          order by session_sequence, analyzer limit :limit) k
                                        join analysis.messages m
                                          on m.session_id = :session
                                         and m.session_sequence = k.session_sequence
                                         and m.analyzer = k.analyzer
                                        order by m.session_sequence, m.analyzer, m.message_index
                                        """)
                        .param("session", session)
                        .param("from", from)
                        .param("through", through)
                        .param("limit", limit)
                        .query((row, number) ->
                                new Line(row.getString("analyzer_version"), summary(row)))
                        .list();
        return news(lines);
    }

    private record Line(String version, MessageSummary message) {

        boolean belongsWith(Line other) {
            return message.sequence() == other.message.sequence()
                    && message.analyzer().equals(other.message.analyzer());
        }
    }

    private static List<AnalysisNews> news(List<Line> lines) {
        List<AnalysisNews> news = new ArrayList<>();
        int begin = 0;
        for (int end = 1; end <= lines.size(); end++) {
            Line first = lines.get(begin);
            if (end == lines.size() || !lines.get(end).belongsWith(first)) {
                news.add(
                        new AnalysisNews(
                                first.message().sequence(),
                                first.message().analyzer(),
                                first.version(),
                                lines.subList(begin, end).stream().map(Line::message).toList()));
                begin = end;
            }
        }
        return news;
    }

    /** These messages, in order. */
    public List<MessageDetail> messages(UUID session, Collection<MessageCursor> places) {
        return places.isEmpty()
                ? List.of()
                : jdbc.sql(
                                SUMMARY
                                        + ", m.spans, m.fields\n"
                                        + WHERE_SESSION
                                        + """
                                        and (m.session_sequence, m.message_index, m.analyzer)
                                          in (:places)
                                        order by m.session_sequence, m.message_index, m.analyzer
                                        """)
                        .param("session", session)
                        .param(
                                "places",
                                places.stream()
                                        .map(p ->
                                                new Object[] {
                                                    p.sequence(), p.index(), p.analyzer()
                                                })
                                        .toList())
                        .query(this::detail)
                        .list();
    }

    /** Messages behind a place, in order. */
    public List<MessageDetail> messagesAfter(UUID session, MessageCursor after, int limit) {
        return jdbc.sql(
                        SUMMARY
                                + ", m.spans, m.fields\n"
                                + WHERE_SESSION
                                + """
                                and (m.session_sequence, m.message_index, m.analyzer)
                                  > (:sequence, :index, :analyzer)
                                order by m.session_sequence, m.message_index, m.analyzer
                                limit :limit
                                """)
                .param("session", session)
                .param("sequence", after.sequence())
                .param("index", after.index())
                .param("analyzer", after.analyzer())
                .param("limit", limit)
                .query(this::detail)
                .list();
    }

    /**
     * The messages that have bytes in an event: those that became whole with it, and those that
     * became whole later.
     *
     * @param flow of the event; null for one without
     */
    public List<MessageDetail> messagesIn(UUID session, long sequence, @Nullable Integer flow) {
        if (flow == null) {
            return List.of();
        }
        return jdbc.sql(
                        """
                        select m.* from (
                          select * from analysis.messages
                          where session_id = :session and flow = :flow
                            and session_sequence >= :sequence
                          order by session_sequence limit :searched) m
                        where m.session_sequence = :sequence
                           or m.spans @> jsonb_build_array(
                                jsonb_build_object('sequence', cast(:sequence as bigint)))
                        order by m.session_sequence, m.message_index, m.analyzer
                        """)
                .param("session", session)
                .param("sequence", sequence)
                .param("flow", flow)
                .param("searched", SEARCHED)
                .query(this::detail)
                .list();
    }

    private static MessageSummary summary(ResultSet row) throws SQLException {
        return new MessageSummary(
                row.getLong("session_sequence"),
                row.getInt("message_index"),
                row.getString("analyzer"),
                row.getInt("flow"),
                row.getString("from_instance"),
                row.getString("to_instance"),
                row.getString("protocol"),
                row.getString("type"),
                row.getString("summary"),
                row.getString("completeness"),
                row.getString("problem"),
                row.getInt("length"),
                null);
    }

    private MessageDetail detail(ResultSet row, int number) throws SQLException {
        List<Span> spans = new ArrayList<>();
        for (JsonNode span : json.readTree(row.getString("spans"))) {
            spans.add(
                    new Span(
                            span.path("sequence").asLong(0),
                            span.path("offset").asInt(0),
                            span.path("length").asInt(0)));
        }
        return new MessageDetail(
                summary(row),
                row.getString("analyzer_version"),
                spans,
                fields(json.readTree(row.getString("fields"))));
    }

    private List<Field> fields(JsonNode nodes) {
        List<Field> fields = new ArrayList<>();
        for (JsonNode node : nodes) {
            @Nullable JsonNode value = node.get("value");
            @Nullable JsonNode bits = node.get("bits");
            fields.add(
                    new Field(
                            node.path("name").asString(""),
                            node.path("label").asString(""),
                            node.path("offset").asInt(0),
                            node.path("length").asInt(0),
                            value == null ? null : json.treeToValue(value, Object.class),
                            node.path("display").asString(""),
                            bits == null ? null : bits.asString(""),
                            fields(node.path("children"))));
        }
        return fields;
    }

    /** A place in the list of messages. */
    public record MessageCursor(long sequence, int index, String analyzer) {

        public static final MessageCursor BEGINNING = new MessageCursor(0, -1, "");

        public static MessageCursor behind(MessageSummary message) {
            return new MessageCursor(message.sequence(), message.index(), message.analyzer());
        }
    }
}
