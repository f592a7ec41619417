package kontor.filters.evaluation;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import kontor.filters.expression.Value;
import kontor.filters.fields.BuiltInFields;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.fields.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * An event with messages, for filters: all that became whole with it, or the one that a list of
 * messages is about. The same values as {@link kontor.filters.sql.StoredRows} finds in the tables.
 */
public final class SessionRow implements Row {

    private static final int MICRO_DIGITS = 6;

    private final @Nullable EventFacts event;
    private final List<MessageFacts> messages;

    /**
     * @param event null if only a message is known
     */
    public SessionRow(@Nullable EventFacts event, Collection<MessageFacts> messages) {
        this.event = event;
        this.messages = List.copyOf(messages);
    }

    @Override
    public List<Value> values(FieldDeclaration field) {
        if (BuiltInFields.isOfEvents(field.name())) {
            return event == null ? List.of() : ofEvent(event, field.name());
        }
        return messages.stream().flatMap(message -> ofMessage(message, field)).toList();
    }

    private static List<Value> ofEvent(EventFacts event, String name) {
        EventFacts.@Nullable Flow flow = event.flow();
        return switch (name) {
            case "frame.number", "session.sequence" -> one(Value.Numeric.of(event.sequence()));
            case "frame.time" -> one(Value.Time.of(event.at()));
            case "frame.time_relative" -> relative(event.at(), event.sessionStartedAt());
            case "frame.len" ->
                    event.payload() == null
                            ? List.of()
                            : one(Value.Numeric.of(event.payload().latin1().length()));
            case "frame.interface_name", "instance" -> text(event.instance());
            case "event.type" -> text(event.type());
            case "verdict" -> text(event.verdict());
            case "to" -> texts(event.to());
            case "marker" -> texts(event.markers());
            case "payload" -> event.payload() == null ? List.of() : one(event.payload());
            case "payload.delivered" ->
                    event.delivered() == null ? List.of() : one(event.delivered());
            case "frame", "session", "event" -> one(new Value.Presence());
            default -> flow == null ? List.of() : ofFlow(flow, name);
        };
    }

    private static List<Value> ofFlow(EventFacts.Flow flow, String name) {
        return switch (name) {
            case "flow" -> one(Value.Numeric.of(flow.number()));
            case "ip" -> one(new Value.Presence());
            case "ip.src" -> addresses(flow.sourceAddress());
            case "ip.dst" -> addresses(flow.targetAddress());
            case "ip.addr" -> addresses(flow.sourceAddress(), flow.targetAddress());
            default ->
                    flow.protocol().equals(FieldDeclaration.protocolOf(name))
                            ? ofTransport(flow, name.substring(flow.protocol().length()))
                            : List.of();
        };
    }

    private static List<Value> ofTransport(EventFacts.Flow flow, String part) {
        Value source = Value.Numeric.of(flow.sourcePort());
        Value target = Value.Numeric.of(flow.targetPort());
        return switch (part) {
            case "" -> one(new Value.Presence());
            case ".srcport" -> one(source);
            case ".dstport" -> one(target);
            case ".port" -> List.of(source, target);
            case ".stream" -> one(Value.Numeric.of(flow.number()));
            default -> List.of();
        };
    }

    private static Stream<Value> ofMessage(MessageFacts message, FieldDeclaration field) {
        return switch (field.name()) {
            case "message" -> Stream.of(new Value.Presence());
            case "message.protocol" -> text(message.protocol()).stream();
            case "message.type" -> text(message.type()).stream();
            case "message.summary" -> text(message.summary()).stream();
            case "message.len" -> Stream.of(Value.Numeric.of(message.length()));
            case "message.completeness" -> text(message.completeness()).stream();
            case "message.problem" -> text(message.problem()).stream();
            case "message.analyzer" -> text(message.analyzer()).stream();
            default ->
                    Stream.concat(Stream.of(field.name()), field.aliases().stream())
                            .flatMap(name -> found(message, name, field.type()));
        };
    }

    private static Stream<Value> found(MessageFacts message, String name, FieldType type) {
        if (type == FieldType.GROUP) {
            return message.has(name) ? Stream.of(new Value.Presence()) : Stream.empty();
        }
        return message.values(name).stream()
                .map((Function<Object, Optional<Value>>) raw -> Value.ofJson(type, raw))
                .flatMap(Optional::stream);
    }

    private static List<Value> one(Value value) {
        return List.of(value);
    }

    private static List<Value> text(@Nullable String text) {
        return text == null ? List.of() : one(new Value.Text(text));
    }

    private static List<Value> texts(List<String> texts) {
        return texts.stream().<Value>map(Value.Text::new).toList();
    }

    private static List<Value> addresses(@Nullable String... texts) {
        List<Value> addresses = new ArrayList<>();
        for (String text : texts) {
            if (text != null) {
                Value.Address.parse(text).ifPresent(addresses::add);
            }
        }
        return addresses;
    }

    private static List<Value> relative(Instant at, @Nullable Instant start) {
        return start == null
                ? List.of()
                : one(
                        new Value.Numeric(
                                BigDecimal.valueOf(
                                        ChronoUnit.MICROS.between(start, at), MICRO_DIGITS)));
    }
}
