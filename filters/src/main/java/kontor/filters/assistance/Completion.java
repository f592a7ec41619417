package kontor.filters.assistance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import kontor.filters.assistance.Proposal.Kind;
import kontor.filters.expression.Function;
import kontor.filters.fields.Catalogue;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.fields.FieldType;
import kontor.filters.fields.KnownValue;

/** Proposes what may stand at the caret: fields, operators that fit, values with names. */
public final class Completion {

    /** Proposals at once. */
    static final int MOST = 100;

    private static final List<FieldType> NUMBERS =
            List.of(FieldType.INTEGER, FieldType.DECIMAL, FieldType.DURATION);

    private final Catalogue catalogue;
    private final Place place;

    private Completion(Catalogue catalogue, Place place) {
        this.catalogue = catalogue;
        this.place = place;
    }

    public static List<Proposal> of(String text, int caret, Catalogue catalogue) {
        Place place = Place.of(text, caret, catalogue);
        return new Completion(catalogue, place).proposals().limit(MOST).toList();
    }

    private Stream<Proposal> proposals() {
        return switch (place.position()) {
            case Position.OfTest() ->
                    Stream.of(fields(field -> true), functions(), operators("!", "any", "all", "("))
                            .flatMap(s -> s);
            case Position.OfArgument(Function function) ->
                    fields(field -> function.takes(field.type()));
            case Position.BehindOperand(FieldType type) ->
                    Stream.concat(comparators(type), operators("&&", "||", "xor"));
            case Position.BehindTest() -> operators("&&", "||", "xor");
            case Position.OfValue(FieldType type, List<KnownValue> known) ->
                    Stream.concat(values(type, known), fields(field -> compares(field, type)));
            case Position.OfElement(FieldType type, List<KnownValue> known) -> values(type, known);
            case Position.OfSet() -> operators("{");
            case Position.OfPattern() ->
                    matching(Kind.OPERATOR, "r\"", "a regular expression of RE2", "");
            case Position.None() -> Stream.empty();
        };
    }

    private static boolean compares(FieldDeclaration field, FieldType type) {
        return field.type() == type || (NUMBERS.contains(field.type()) && NUMBERS.contains(type));
    }

    /** Those that begin so, then those that have it inside. */
    private Stream<Proposal> fields(Predicate<FieldDeclaration> fit) {
        String prefix = place.prefix();
        return catalogue.fields().stream()
                .filter(fit)
                .filter(field -> field.name().contains(prefix))
                .sorted(Comparator.comparing(field -> !field.name().startsWith(prefix)))
                .map(field ->
                        proposal(Kind.FIELD, field.name(), described(field), field.type().word()));
    }

    private static String described(FieldDeclaration field) {
        return field.unit().isEmpty()
                ? field.description()
                : "%s [%s]".formatted(field.description(), field.unit());
    }

    private Stream<Proposal> functions() {
        return Stream.of(Function.values())
                .flatMap(f ->
                        matching(Kind.FUNCTION, f.word() + "(", f.description(), f.type().word()));
    }

    private Stream<Proposal> comparators(FieldType type) {
        List<String> operators = new ArrayList<>();
        if (type != FieldType.GROUP) {
            operators.addAll(List.of("==", "!="));
            if (type.isOrdered()) {
                operators.addAll(List.of("<", "<=", ">", ">="));
            }
            if (type.isSearchable()) {
                operators.addAll(List.of("contains", "matches"));
            }
            operators.add("in");
        }
        return operators(operators.toArray(String[]::new));
    }

    private Stream<Proposal> operators(String... words) {
        return Stream.of(words).flatMap(word -> matching(Kind.OPERATOR, word, meaning(word), ""));
    }

    private static String meaning(String operator) {
        return switch (operator) {
            case "==" -> "a value is equal";
            case "!=" -> "there are values, and all differ";
            case "<", "<=" -> "a value is below";
            case ">", ">=" -> "a value is above";
            case "contains" -> "holds a text or bytes";
            case "matches" -> "holds a match of a regular expression";
            case "in", "{" -> "one of a set: {1 2..5}";
            case "&&" -> "and";
            case "||" -> "or";
            case "xor" -> "one of both, but not both";
            case "!" -> "not";
            case "any" -> "one value at least";
            case "all" -> "every value";
            default -> "";
        };
    }

    private Stream<Proposal> values(FieldType type, List<KnownValue> known) {
        if (type == FieldType.BOOLEAN) {
            return Stream.of("true", "false")
                    .flatMap(word -> matching(Kind.VALUE, word, "", type.word()));
        }
        return known.stream()
                .filter(value ->
                        begins(value.literal())
                                || begins("\"" + value.literal())
                                || begins(value.name())
                                || begins("\"" + value.name()))
                .map(value ->
                        proposal(
                                Kind.VALUE,
                                type == FieldType.STRING
                                        ? "\"" + value.literal() + "\""
                                        : value.literal(),
                                value.name(),
                                type.word()));
    }

    private Stream<Proposal> matching(Kind kind, String text, String description, String type) {
        return begins(text) ? Stream.of(proposal(kind, text, description, type)) : Stream.empty();
    }

    private boolean begins(String text) {
        return text.startsWith(place.prefix());
    }

    private Proposal proposal(Kind kind, String text, String description, String type) {
        return new Proposal(kind, text, description, type, place.offset(), place.length());
    }
}
