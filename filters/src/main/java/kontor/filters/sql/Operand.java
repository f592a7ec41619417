package kontor.filters.sql;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import kontor.filters.expression.Function;
import kontor.filters.expression.Slice;
import kontor.filters.expression.Term;
import kontor.filters.expression.Value;
import kontor.filters.fields.FieldType;

/**
 * One side of a comparison in SQL.
 *
 * @param sources of its values
 * @param value bound; with it there are no sources
 */
record Operand(List<ValueSource> sources, Optional<Sql> value) {

    Operand {
        sources = List.copyOf(sources);
    }

    static Operand of(Term term, FieldMapping mapping) {
        return switch (term) {
            case Term.Literal literal ->
                    new Operand(List.of(), Optional.of(bound(literal.value())));
            case Term.Of(var field) -> of(mapping.sources(field));
            case Term.Part(var whole, var slice) ->
                    of(whole, mapping).mapped(bytes -> part(bytes, slice));
            case Term.Call(var function, var argument) when function == Function.COUNT ->
                    of(List.of(count(of(argument, mapping))));
            case Term.Call(var function, var argument) ->
                    of(argument, mapping).mapped(value -> apply(function, argument.type(), value));
        };
    }

    private static Operand of(List<ValueSource> sources) {
        return new Operand(
                sources.stream()
                        .<ValueSource>map(source ->
                                source instanceof ValueSource.Documents documents
                                        ? documents.rows()
                                        : source)
                        .toList(),
                Optional.empty());
    }

    private Operand mapped(UnaryOperator<String> change) {
        return of(
                sources.stream()
                        .<ValueSource>map(source ->
                                switch (source) {
                                    case ValueSource.Scalar(var expression) ->
                                            new ValueSource.Scalar(change.apply(expression));
                                    case ValueSource.Rows(var from, var where, var expression) ->
                                            new ValueSource.Rows(
                                                    from, where, change.apply(expression));
                                    case ValueSource.Documents documents -> documents.rows();
                                })
                        .toList());
    }

    private static ValueSource count(Operand argument) {
        StringBuilder sum = new StringBuilder("nullif(0");
        for (ValueSource source : argument.sources) {
            sum.append(
                    switch (source) {
                        case ValueSource.Scalar(var expression) ->
                                " + (case when (%s) is null then 0 else 1 end)"
                                        .formatted(expression);
                        case ValueSource.Rows(var from, var where, var expression) ->
                                " + (select count(%s) from %s where %s)"
                                        .formatted(expression, from, where);
                        case ValueSource.Documents _ ->
                                throw new IllegalStateException("documents have become rows");
                    });
        }
        return new ValueSource.Scalar(sum.append(", 0)").toString());
    }

    private static String part(String bytes, Slice slice) {
        String length = "octet_length(%s)".formatted(bytes);
        String start =
                slice.start() < 0
                        ? "%s - %d".formatted(length, -slice.start())
                        : Integer.toString(slice.start());
        String end =
                slice.endFromStart()
                        ? "%s + %d".formatted(start, slice.end())
                        : slice.end() <= 0
                                ? "%s - %d".formatted(length, -slice.end())
                                : Integer.toString(slice.end());
        return ("(case when %2$s >= 0 and %3$s >= %2$s and %3$s <= %4$s"
                        + " then substring(%1$s from %2$s + 1 for (%3$s) - (%2$s)) end)")
                .formatted(bytes, start, end, length);
    }

    private static String apply(Function function, FieldType type, String value) {
        return switch (function) {
            case LEN -> "octet_length(%s)".formatted(value);
            case LOWER -> "lower((%s) collate \"C\")".formatted(value);
            case UPPER -> "upper((%s) collate \"C\")".formatted(value);
            case STRING -> "(%s) collate \"C\"".formatted(text(type, value));
            case COUNT -> throw new IllegalArgumentException("count is of all values");
        };
    }

    private static String text(FieldType type, String value) {
        return switch (type) {
            case INTEGER -> "cast(trim_scale(cast(%s as numeric)) as text)".formatted(value);
            case BOOLEAN -> "cast(%s as text)".formatted(value);
            case IPV4 -> "host(%s)".formatted(value);
            case BYTES -> "encode(%s, 'hex')".formatted(value);
            case STRING -> value;
            case DECIMAL, DURATION, TIME, GROUP ->
                    throw new IllegalArgumentException("has no text: " + type);
        };
    }

    static Sql bound(Value value) {
        return switch (value) {
            case Value.Numeric(var number) ->
                    number.scale() <= 0 && number.unscaledValue().bitLength() < Long.SIZE
                            ? Sql.parameter("bigint", number.longValueExact())
                            : Sql.parameter("numeric", number);
            case Value.Text(var text) -> Sql.parameter("text", text);
            case Value.Flag(var flag) -> Sql.parameter("boolean", flag);
            case Value.Octets octets -> Sql.parameter("bytea", octets.bytes());
            case Value.Address address -> Sql.parameter("inet", address.toString());
            case Value.Time time ->
                    Sql.parameter("timestamptz", time.instant().atOffset(ZoneOffset.UTC));
            case Value.Presence _ -> Sql.text("true");
        };
    }
}
