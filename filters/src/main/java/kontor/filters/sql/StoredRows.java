package kontor.filters.sql;

import java.util.List;
import java.util.stream.Stream;
import kontor.filters.fields.BuiltInFields;
import kontor.filters.fields.FieldDeclaration;

/** Kontor's tables: the schemas {@code capture} and {@code analysis}. */
public enum StoredRows implements FieldMapping {
    /**
     * A row is an event with all messages that became whole with it: {@code capture.events e left
     * join capture.flows f}.
     */
    EVENTS("analysis.messages m", StoredRows.OF_THE_EVENT),
    /**
     * The same in a query whose events are between its named parameters {@code from} and {@code
     * through}: messages are then looked for between these only, which no planner finds out.
     */
    EVENTS_BETWEEN(
            "analysis.messages m",
            StoredRows.OF_THE_EVENT + " and m.session_sequence between :from and :through"),
    /**
     * A row is a message with the event at which it became whole: {@code analysis.messages m left
     * join capture.events e left join capture.flows f}.
     */
    MESSAGES("", "true");

    /**
     * An event belongs to the block that its session sequence gives without so many low bits:
     * {@code analysis.number_ranges} has the numbers of each block.
     */
    public static final int BLOCK_BITS = 10;

    private static final String OF_THE_EVENT =
            "m.session_id = e.session_id and m.session_sequence = e.session_sequence";

    private static final String AT = "coalesce(e.captured_at, e.sequenced_at)";

    private final String from;
    private final String link;

    StoredRows(String from, String link) {
        this.from = from;
        this.link = link;
    }

    @Override
    public List<ValueSource> sources(FieldDeclaration field) {
        return switch (field.name()) {
            case "frame.number", "session.sequence" -> scalar("e.session_sequence");
            case "frame.time" -> scalar(AT);
            case "frame.time_relative" ->
                    scalar(
                            "extract(epoch from %s - (select s.started_at from capture.sessions s"
                                            .formatted(AT)
                                    + " where s.session_id = e.session_id))");
            case "frame.len" -> scalar("octet_length(e.payload)");
            case "frame.interface_name", "instance" -> scalar(text("e.instance"));
            case "event.type" -> scalar(text("e.type"));
            case "verdict" -> scalar(text("e.verdict"));
            case "payload" -> scalar("e.payload");
            case "payload.delivered" -> scalar("e.delivered_payload");
            case "flow" -> scalar("e.flow");
            case "to" ->
                    List.of(
                            new ValueSource.Rows(
                                    "capture.deliveries d",
                                    "d.session_id = e.session_id"
                                            + " and d.session_sequence = e.session_sequence",
                                    text("d.instance")));
            case "marker" ->
                    List.of(
                            new ValueSource.Rows(
                                    "capture.markers k",
                                    "k.session_id = e.session_id"
                                            + " and k.session_sequence = e.session_sequence",
                                    text("k.label")));
            case "ip.src" -> scalar(address(true));
            case "ip.dst" -> scalar(address(false));
            case "ip.addr" -> scalars(address(true), address(false));
            case "tcp.srcport" -> scalar(port("tcp", true));
            case "tcp.dstport" -> scalar(port("tcp", false));
            case "tcp.port" -> scalars(port("tcp", true), port("tcp", false));
            case "tcp.stream" -> scalar(ofProtocol("tcp", "f.flow"));
            case "udp.srcport" -> scalar(port("udp", true));
            case "udp.dstport" -> scalar(port("udp", false));
            case "udp.port" -> scalars(port("udp", true), port("udp", false));
            case "udp.stream" -> scalar(ofProtocol("udp", "f.flow"));
            case "frame", "session", "event" ->
                    scalar("case when e.session_id is not null then true end");
            case "ip" -> scalar("case when f.flow is not null then true end");
            case "tcp", "udp" -> scalar(ofProtocol(field.name(), "true"));
            case "message" -> ofMessage("true");
            case "message.protocol" -> ofMessage(text("m.protocol"));
            case "message.type" -> ofMessage(text("m.type"));
            case "message.summary" -> ofMessage(text("m.summary"));
            case "message.len" -> ofMessage("m.length");
            case "message.completeness" -> ofMessage(text("m.completeness"));
            case "message.problem" -> ofMessage(text("m.problem"));
            case "message.analyzer" -> ofMessage(text("m.analyzer"));
            default -> BuiltInFields.isOfEvents(field.name()) ? List.of() : documents(field);
        };
    }

    /** What an older analyzer found still stands under the field's earlier names. */
    private List<ValueSource> documents(FieldDeclaration field) {
        return Stream.concat(Stream.of(field.name()), field.aliases().stream())
                .<ValueSource>map(name ->
                        new ValueSource.Documents(from, link, "m.field_values", name, field.type()))
                .toList();
    }

    private List<ValueSource> ofMessage(String expression) {
        return from.isEmpty()
                ? scalar(expression)
                : List.of(new ValueSource.Rows(from, link, expression));
    }

    private static List<ValueSource> scalar(String expression) {
        return List.of(new ValueSource.Scalar(expression));
    }

    private static List<ValueSource> scalars(String first, String second) {
        return List.of(new ValueSource.Scalar(first), new ValueSource.Scalar(second));
    }

    private static String text(String column) {
        return column + " collate \"C\"";
    }

    private static String address(boolean source) {
        String address = end(source, "address");
        return "case when family(%s) = 4 then %s end".formatted(address, address);
    }

    private static String port(String protocol, boolean source) {
        return ofProtocol(protocol, end(source, "port"));
    }

    private static String ofProtocol(String protocol, String expression) {
        return "case when f.protocol = '%s' then %s end".formatted(protocol, expression);
    }

    private static String end(boolean source, String part) {
        return "(case when e.from_opener then f.%s_%s else f.%s_%s end)"
                .formatted(source ? "opener" : "target", part, source ? "target" : "opener", part);
    }
}
