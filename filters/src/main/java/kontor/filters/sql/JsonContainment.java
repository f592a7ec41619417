package kontor.filters.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kontor.filters.expression.Condition;
import kontor.filters.expression.Term;
import kontor.filters.expression.Value;

/**
 * Equality of a field that is kept in JSON, as a GIN index answers it: {@code field_values @>
 * '{"dplay.command": [22]}'}.
 */
final class JsonContainment {

    private JsonContainment() {}

    /** Empty where the term is no such field, or its value has more than one spelling in JSON. */
    static Optional<Sql> of(Term term, Condition.Range range, FieldMapping mapping) {
        if (!(term instanceof Term.Of(var field)) || !range.isSingle()) {
            return Optional.empty();
        }
        Optional<String> json = json(range.low());
        List<Sql> alternatives = new ArrayList<>();
        for (ValueSource source : mapping.sources(field)) {
            if (json.isEmpty() || !(source instanceof ValueSource.Documents documents)) {
                return Optional.empty();
            }
            String object = "{\"%s\":[%s]}".formatted(documents.field(), json.get());
            Sql contained = Sql.of(documents.column(), " @> ", Sql.parameter("jsonb", object));
            alternatives.add(
                    documents.from().isEmpty()
                            ? contained
                            : Sql.of(
                                    "exists (select 1 from ",
                                    documents.from(),
                                    " where ",
                                    documents.where(),
                                    " and ",
                                    contained,
                                    ")"));
        }
        return alternatives.isEmpty()
                ? Optional.empty()
                : Optional.of(Sql.joined(" or ", alternatives));
    }

    private static Optional<String> json(Value value) {
        return switch (value) {
            case Value.Numeric(var number) -> Optional.of(number.toPlainString());
            case Value.Flag(var flag) -> Optional.of(Boolean.toString(flag));
            case Value.Text(var text) -> Optional.of(quoted(text));
            case Value.Octets _, Value.Address _, Value.Time _, Value.Presence _ ->
                    Optional.empty();
        };
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
