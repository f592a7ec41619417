package kontor.analysis.kaitai;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kontor.analysis.directplay.DirectPlay;
import kontor.analysis.dissect.FieldValue;
import kontor.analysis.user.SeenMessage;
import kontor.analysis.x642.X642;
import kontor.filters.Compilation;
import kontor.filters.Filter;
import kontor.filters.FilterLanguage;
import kontor.filters.evaluation.Row;
import kontor.filters.expression.Value;
import kontor.filters.fields.BuiltInFields;
import kontor.filters.fields.Catalogue;
import kontor.filters.fields.Certainty;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.fields.FieldType;
import kontor.filters.fields.KnownValue;

/**
 * Which messages an analyzer is for, as a filter: over what a message that was found still has of
 * itself. Fields of bytes, and whatever only its event knows, are none of it.
 */
final class MessageScope {

    /** Of the built-in fields. */
    private static final Set<String> KNOWN =
            Set.of(
                    "frame.number",
                    "session.sequence",
                    "instance",
                    "to",
                    "flow",
                    "message",
                    "message.protocol",
                    "message.type",
                    "message.len");

    private static final FilterLanguage LANGUAGE = new FilterLanguage(Catalogue.of(fields()));

    private MessageScope() {}

    private static List<FieldDeclaration> fields() {
        List<FieldDeclaration> fields = new ArrayList<>();
        BuiltInFields.all().stream()
                .filter(field -> KNOWN.contains(field.name()))
                .forEach(fields::add);
        Stream.concat(DirectPlay.fields().stream(), X642.fields().stream())
                .map(MessageScope::ofFilters)
                .filter(field -> field.type() != FieldType.BYTES)
                .forEach(fields::add);
        return fields;
    }

    private static FieldDeclaration ofFilters(kontor.analysis.dissect.FieldDeclaration field) {
        return new FieldDeclaration(
                field.name(),
                FieldType.valueOf(field.type().name()),
                field.unit(),
                field.description(),
                Certainty.valueOf(field.certainty().name()),
                List.of(),
                field.values().stream()
                        .map(named -> new KnownValue(Long.toString(named.value()), named.name()))
                        .toList());
    }

    static Compilation compile(String text) {
        return LANGUAGE.compile(text);
    }

    static boolean has(Filter filter, SeenMessage message) {
        return filter.test((Row) field -> values(message, field));
    }

    private static List<Value> values(SeenMessage message, FieldDeclaration field) {
        return switch (field.name()) {
            case "frame.number", "session.sequence" ->
                    List.of(Value.Numeric.of(message.sequence()));
            case "flow" -> List.of(Value.Numeric.of(message.flow()));
            case "instance" -> List.of(new Value.Text(message.from()));
            case "to" -> message.to().isEmpty() ? List.of() : List.of(new Value.Text(message.to()));
            case "message" -> List.of(new Value.Presence());
            case "message.protocol" -> List.of(new Value.Text(message.protocol()));
            case "message.type" -> List.of(new Value.Text(message.type()));
            case "message.len" -> List.of(Value.Numeric.of(message.length()));
            default ->
                    field.type() == FieldType.GROUP
                            ? presence(message, field.name())
                            : message.starts().stream()
                                    .filter(start -> start.field().equals(field.name()))
                                    .flatMap(start -> value(start.value(), field.type()).stream())
                                    .toList();
        };
    }

    private static List<Value> presence(SeenMessage message, String name) {
        return message.starts().stream()
                        .map(SeenMessage.Start::field)
                        .anyMatch(field -> field.equals(name) || field.startsWith(name + "."))
                ? List.of(new Value.Presence())
                : List.of();
    }

    private static Optional<Value> value(FieldValue value, FieldType type) {
        return switch (value) {
            case FieldValue.Numeric(long number) -> Value.ofJson(type, number);
            case FieldValue.Text(String text) -> Value.ofJson(type, text);
            case FieldValue.Flag(boolean flag) -> Value.ofJson(type, flag);
            case FieldValue.None() -> Optional.empty();
        };
    }
}
