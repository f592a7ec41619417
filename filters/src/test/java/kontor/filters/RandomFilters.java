package kontor.filters;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kontor.filters.expression.Function;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.fields.FieldType;

/** Filters that are right, from every part of the grammar, with values that sessions have. */
final class RandomFilters {

    private static final int DEEPEST = 3;

    private final Random random;
    private final List<FieldDeclaration> fields = SampleFields.LANGUAGE.catalogue().fields();

    RandomFilters(Random random) {
        this.random = random;
    }

    String next() {
        return condition(0);
    }

    private String condition(int depth) {
        if (depth < DEEPEST && random.nextInt(3) > 0) {
            return switch (random.nextInt(5)) {
                case 0 -> one("!", "not ") + "(" + condition(depth + 1) + ")";
                case 1, 2 -> joined(depth, one(" && ", " and "));
                case 3 -> joined(depth, one(" || ", " or "));
                default -> joined(depth, one(" xor ", " ^^ "));
            };
        }
        return test();
    }

    private String joined(int depth, String operator) {
        return Stream.generate(() -> "(" + condition(depth + 1) + ")")
                .limit(2 + random.nextInt(2))
                .collect(Collectors.joining(operator));
    }

    /** A field, or something made of one, and its type. */
    private record Side(String text, FieldType type, FieldDeclaration field) {}

    private Side side() {
        FieldDeclaration field = one(fields);
        FieldType type = field.type();
        String name =
                random.nextInt(20) == 0 && !field.aliases().isEmpty()
                        ? field.aliases().getFirst()
                        : field.name();
        if (type == FieldType.BYTES && random.nextBoolean()) {
            name += slice();
        }
        if (random.nextInt(5) == 0) {
            FieldType from = type;
            List<Function> fit = Stream.of(Function.values()).filter(f -> f.takes(from)).toList();
            if (!fit.isEmpty()) {
                Function function = one(fit);
                return new Side(function.word() + "(" + name + ")", function.type(), field);
            }
        }
        return new Side(name, type, field);
    }

    private String slice() {
        int from = random.nextInt(4);
        return switch (random.nextInt(6)) {
            case 0 -> "[%d]".formatted(from - 2);
            case 1 -> "[%d:%d]".formatted(from - 2, 1 + random.nextInt(3));
            case 2 -> "[%d-%d]".formatted(from, from + random.nextInt(3));
            case 3 -> "[:%d]".formatted(1 + random.nextInt(4));
            case 4 -> "[%d:]".formatted(from - 2);
            default -> "[-%d--%d]".formatted(3, 1 + random.nextInt(3));
        };
    }

    private String test() {
        Side side = side();
        FieldType type = side.type;
        if (type == FieldType.GROUP || random.nextInt(8) == 0) {
            return side.text;
        }
        String quantified = one("", "", "any ", "all ") + side.text;
        if (type.isSearchable() && random.nextInt(4) == 0) {
            return random.nextBoolean()
                    ? quantified + " contains " + literal(type)
                    : quantified
                            + one(" matches ", " ~ ")
                            + one("\"^a\"", "\"g.me\"", "r\"\\w\"", "\"[b-d]\"");
        }
        if (random.nextInt(4) == 0) {
            return quantified + one(" in ", " not in ") + set(type);
        }
        String equality = one(" == ", " != ", " === ", " ~= ", " eq ", " ne ", " !== ", " any_ne ");
        String order = one(" < ", " <= ", " > ", " >= ", " lt ", " le ", " gt ", " ge ");
        if (random.nextInt(8) == 0) {
            Side other = side();
            boolean fit = other.type == type || (other.type.isNumeric() && type.isNumeric());
            if (fit) {
                boolean ordered = type.isOrdered() && random.nextBoolean();
                return quantified + (ordered ? order : equality) + other.text;
            }
        }
        String value = literal(type);
        boolean ordered = type.isOrdered() && !value.contains("/") && random.nextBoolean();
        String relation = ordered ? order : equality;
        return random.nextInt(6) == 0
                ? value + relation + side.text
                : quantified + relation + value;
    }

    private String set(FieldType type) {
        List<String> elements = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            elements.add(random.nextInt(3) == 0 && type.isOrdered() ? range(type) : literal(type));
        }
        return "{" + String.join(one(" ", ", "), elements) + "}";
    }

    private String range(FieldType type) {
        return switch (type) {
            case INTEGER, DECIMAL, DURATION ->
                    random.nextInt(4) + ".." + (4 + random.nextInt(3000));
            case STRING -> "\"a\"..\"" + one("b", "game2", "z") + "\"";
            case BYTES -> "00:01.." + one("61:62", "ff");
            case IPV4 -> "10.0.0.1.." + one("10.0.0.3", "127.1.0.3");
            case TIME -> "2026-11-28..2026-11-28T18:00:0" + random.nextInt(9);
            case BOOLEAN, GROUP -> throw new IllegalArgumentException(type.toString());
        };
    }

    private String literal(FieldType type) {
        return switch (type) {
            case INTEGER ->
                    one(
                            "0",
                            "1",
                            "2",
                            "3",
                            "7",
                            "0x16",
                            "22",
                            "026",
                            "0b11",
                            "'a'",
                            "2350",
                            "47624",
                            "-5",
                            "99999999999999999999",
                            "4");
            case DECIMAL, DURATION -> one("0", "1", "1.5", "0.25", "-2", "2.000", "0.0012", "3");
            case STRING -> one(RandomSession.TEXTS.stream().map(RandomFilters::quoted).toList());
            case BOOLEAN -> one("true", "false");
            case BYTES ->
                    one("61", "61:62", "00", "ff:00", "\"ab\"", "\"\"", "63:64:61", "\"\\xff\"");
            case IPV4 ->
                    one(
                            "127.1.0.1",
                            "127.1.0.2",
                            "10.0.0.2",
                            "127.0.0.0/8",
                            "10.0.0.0/30",
                            "0.0.0.0/0");
            case TIME ->
                    one(
                            "2026-11-28T18:00:00Z",
                            "\"2026-11-28 18:00:03.000001\"",
                            "2026-11-28",
                            "2026-11-28T20:00:02+02:00");
            case GROUP -> throw new IllegalArgumentException(type.toString());
        };
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
