package kontor.filters.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import kontor.filters.expression.Condition;
import kontor.filters.expression.Function;
import kontor.filters.expression.Slice;
import kontor.filters.expression.Term;
import kontor.filters.expression.Value;

/**
 * Decides a condition for a row in memory. Pure; its time is bounded by the sizes of filter and
 * row, as regular expressions run in linear time.
 */
public final class Evaluation {

    private Evaluation() {}

    public static boolean holds(Condition condition, Row row) {
        return switch (condition) {
            case Condition.And(var parts) -> parts.stream().allMatch(part -> holds(part, row));
            case Condition.Or(var parts) -> parts.stream().anyMatch(part -> holds(part, row));
            case Condition.Xor(var parts) ->
                    parts.stream().filter(part -> holds(part, row)).count() % 2 == 1;
            case Condition.Not(var part) -> !holds(part, row);
            case Condition.Exists(var term) -> !values(term, row).isEmpty();
            case Condition.Comparison c ->
                    pairs(
                            values(c.left(), row),
                            values(c.right(), row),
                            c.all(),
                            (a, b) -> Comparisons.holds(a, c.relation(), b));
            case Condition.Membership(var term, var ranges, var all) ->
                    each(
                            term,
                            row,
                            all,
                            value -> ranges.stream().anyMatch(r -> Comparisons.within(value, r)));
            case Condition.Contains(var term, var part, var all) ->
                    each(term, row, all, value -> characters(value).contains(characters(part)));
            case Condition.Matches(var term, var pattern, var all) ->
                    each(term, row, all, value -> pattern.matcher(characters(value)).find());
        };
    }

    private static boolean each(Term term, Row row, boolean all, Predicate<Value> test) {
        List<Value> values = values(term, row);
        return all
                ? !values.isEmpty() && values.stream().allMatch(test)
                : values.stream().anyMatch(test);
    }

    private static boolean pairs(
            List<Value> left, List<Value> right, boolean all, BiPredicate<Value, Value> test) {
        if (left.isEmpty() || right.isEmpty()) {
            return false;
        }
        for (Value a : left) {
            for (Value b : right) {
                if (test.test(a, b) != all) {
                    return !all;
                }
            }
        }
        return all;
    }

    private static List<Value> values(Term term, Row row) {
        return switch (term) {
            case Term.Of(var field) -> row.values(field);
            case Term.Literal literal -> List.of(literal.value());
            case Term.Part(var whole, var slice) ->
                    values(whole, row).stream().flatMap(v -> part(v, slice)).toList();
            case Term.Call(var function, var argument) when function == Function.COUNT -> {
                int count = values(argument, row).size();
                yield count == 0 ? List.of() : List.of(Value.Numeric.of(count));
            }
            case Term.Call(var function, var argument) ->
                    values(argument, row).stream().map(v -> apply(function, v)).toList();
        };
    }

    private static java.util.stream.Stream<Value> part(Value whole, Slice slice) {
        String bytes = characters(whole);
        long start = slice.start() < 0 ? bytes.length() + (long) slice.start() : slice.start();
        long end =
                slice.endFromStart()
                        ? start + slice.end()
                        : slice.end() <= 0 ? bytes.length() + (long) slice.end() : slice.end();
        return start < 0 || end < start || end > bytes.length()
                ? java.util.stream.Stream.empty()
                : java.util.stream.Stream.of(
                        new Value.Octets(bytes.substring((int) start, (int) end)));
    }

    private static Value apply(Function function, Value value) {
        return switch (function) {
            case LEN -> Value.Numeric.of(length(value));
            case LOWER -> new Value.Text(inAscii(characters(value), 'A', 'Z', 'a' - 'A'));
            case UPPER -> new Value.Text(inAscii(characters(value), 'a', 'z', 'A' - 'a'));
            case STRING -> new Value.Text(text(value));
            case COUNT -> throw new IllegalArgumentException("count is of all values");
        };
    }

    private static int length(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text.getBytes(StandardCharsets.UTF_8).length;
            default -> characters(value).length();
        };
    }

    private static String inAscii(String text, char first, char last, int shift) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= first && c <= last) {
                changed.setCharAt(i, (char) (c + shift));
            }
        }
        return changed.toString();
    }

    /** What is searched: a text, or bytes as ISO 8859-1. */
    private static String characters(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Octets(String latin1) -> latin1;
            default -> throw new IllegalArgumentException("neither text nor bytes: " + value);
        };
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Octets octets -> octets.hex();
            case Value.Numeric(var number) -> number.stripTrailingZeros().toPlainString();
            case Value.Flag(boolean flag) -> Boolean.toString(flag);
            case Value.Address address -> address.toString();
            case Value.Time _, Value.Presence _ ->
                    throw new IllegalArgumentException("has no text: " + value);
        };
    }
}
