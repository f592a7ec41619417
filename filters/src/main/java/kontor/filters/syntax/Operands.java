package kontor.filters.syntax;

import java.util.List;
import java.util.Optional;
import kontor.filters.expression.Function;
import kontor.filters.expression.Slice;
import kontor.filters.expression.Term;
import kontor.filters.expression.Value;
import kontor.filters.fields.Catalogue;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.fields.FieldType;
import kontor.filters.fields.KnownValue;
import kontor.filters.grammar.FilterLexer;
import kontor.filters.grammar.FilterParser.CallContext;
import kontor.filters.grammar.FilterParser.IndexContext;
import kontor.filters.grammar.FilterParser.LiteralContext;
import kontor.filters.grammar.FilterParser.OperandContext;
import kontor.filters.grammar.FilterParser.QuotedContext;
import kontor.filters.grammar.FilterParser.RangeContext;
import kontor.filters.grammar.FilterParser.SliceContext;
import kontor.filters.syntax.Problem.Severity;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Resolves one side of a comparison: a field with its type, or a value of the other side's. */
final class Operands {

    private static final int LARGEST_INDEX = 1 << 24;

    private final Source source;
    private final Catalogue catalogue;
    private final List<Problem> problems;

    /**
     * @param problems warnings go here
     */
    Operands(Source source, Catalogue catalogue, List<Problem> problems) {
        this.source = source;
        this.catalogue = catalogue;
        this.problems = problems;
    }

    /** Whether it is no field: it must be a value then. */
    boolean isLiteral(OperandContext operand) {
        if (operand.quoted() != null) {
            return true;
        }
        if (operand.WORD() == null || operand.slice() != null) {
            return false;
        }
        String word = operand.WORD().getText();
        return catalogue.find(word).isEmpty()
                && catalogue.findByAlias(word).isEmpty()
                && (Literals.looksLikeValue(word) || !word.contains("."));
    }

    /** As a field, or something made of one. */
    Term term(OperandContext operand) {
        Term term =
                operand.call() != null
                        ? call(operand.call())
                        : operand.WORD() != null
                                ? new Term.Of(field(operand.WORD().getSymbol(), operand))
                                : noField(operand);
        SliceContext slice = operand.slice();
        if (slice != null) {
            if (term.type() != FieldType.BYTES) {
                throw source.error(
                        slice,
                        "only bytes have slices, and this is " + Typing.kind(term.type()),
                        List.of());
            }
            return new Term.Part(term, slice(slice.range()));
        }
        return term;
    }

    /** As a field of a type that compares with {@code other}'s. */
    Term sameType(OperandContext operand, Term other) {
        Term term = term(operand);
        boolean same =
                term.type() == other.type()
                        || (term.type().isNumeric() && other.type().isNumeric());
        if (!same) {
            throw source.error(
                    operand,
                    "%s is %s, and it is compared with %s"
                            .formatted(
                                    source.textOf(operand),
                                    Typing.kind(term.type()),
                                    Typing.kind(other.type())),
                    List.of(other.type().literal()));
        }
        return term;
    }

    /** As a value. */
    Value literal(OperandContext operand, Term term, FieldType type) {
        if (operand.call() != null || operand.slice() != null) {
            throw noValue(operand, type, false);
        }
        return literal(
                operand,
                operand.WORD() == null ? null : operand.WORD().getText(),
                operand.quoted(),
                term);
    }

    /** As a value. */
    Value literal(LiteralContext literal, Term term) {
        return literal(
                literal,
                literal.WORD() == null ? null : literal.WORD().getText(),
                literal.quoted(),
                term);
    }

    private Value literal(
            ParserRuleContext place,
            @Nullable String word,
            @Nullable QuotedContext quotedContext,
            Term term) {
        FieldType type = term.type();
        if (quotedContext == null) {
            String text = source.textOf(place);
            return Literals.read(String.valueOf(word), type)
                    .orElseThrow(() -> noValue(place, type, mayGrow(text, type)));
        }
        Quoted quoted = Quoted.of(source, quotedContext);
        return Literals.read(quoted, quotedContext.CHARACTER() != null, type)
                .or(() -> named(quoted.text(), term))
                .orElseThrow(() -> noValue(place, type, false));
    }

    /** "PING" where that is the name of a value of the field. */
    private static Optional<Value> named(String name, Term term) {
        return term instanceof Term.Of(var field)
                ? field.values().stream()
                        .filter(known -> known.name().equals(name))
                        .map(KnownValue::literal)
                        .findFirst()
                        .flatMap(literal -> Literals.read(literal, field.type()))
                : Optional.empty();
    }

    /** Whether the beginning of a value: typing on may make one of it. */
    private static boolean mayGrow(String word, FieldType type) {
        return switch (type) {
            case INTEGER -> word.matches("-?(0[xXbB]?)?");
            case BOOLEAN -> "true".startsWith(word) || "false".startsWith(word);
            case BYTES -> word.matches("([0-9a-fA-F]{2}[:.-])*[0-9a-fA-F]?");
            case IPV4 -> word.matches("[0-9./]*");
            case TIME -> word.matches("[0-9T:Z.+-]*");
            case DECIMAL, DURATION -> word.equals("-");
            case STRING, GROUP -> false;
        };
    }

    private SyntaxException noValue(ParserRuleContext place, FieldType type, boolean unfinished) {
        String text = source.textOf(place);
        boolean fieldLike = text.contains(".") && !Literals.looksLikeValue(text);
        if (fieldLike && FieldDeclaration.isName(text)) {
            return unknown(text, place);
        }
        return source.error(
                place,
                "%s is not %s".formatted(text, Typing.kind(type)),
                List.of(type.literal()),
                unfinished);
    }

    SyntaxException twoValues(OperandContext left, OperandContext right) {
        for (OperandContext side : List.of(left, right)) {
            String text = source.textOf(side);
            if (side.WORD() != null && !Literals.looksLikeValue(text)) {
                return unknown(text, side);
            }
        }
        return source.error(left, "one side must be a field", List.of("a field"));
    }

    private Term noField(OperandContext operand) {
        throw source.error(
                operand, "%s is no field".formatted(source.textOf(operand)), List.of("a field"));
    }

    private FieldDeclaration field(Token word, ParserRuleContext place) {
        String name = word.getText();
        Optional<FieldDeclaration> found = catalogue.find(name);
        if (found.isPresent()) {
            return found.get();
        }
        FieldDeclaration renamed =
                catalogue.findByAlias(name).orElseThrow(() -> unknown(word, name, place));
        problems.add(
                new Problem(
                        Severity.DEPRECATED,
                        source.start(word),
                        name.length(),
                        "%s is now called %s".formatted(name, renamed.name()),
                        List.of(renamed.name()),
                        false));
        return renamed;
    }

    private SyntaxException unknown(Token word, String name, ParserRuleContext place) {
        int start = source.start(word);
        return Literals.looksLikeValue(name)
                ? source.error(
                        place, "%s is a value, and no field".formatted(name), List.of("a field"))
                : new SyntaxException(unknown(name, start));
    }

    private SyntaxException unknown(String name, ParserRuleContext place) {
        return new SyntaxException(unknown(name, source.start(place.getStart())));
    }

    private Problem unknown(String name, int start) {
        List<String> near = catalogue.near(name);
        return new Problem(
                Severity.ERROR,
                start,
                name.length(),
                "there is no field " + name,
                near.isEmpty() ? List.of("a field") : near,
                catalogue.hasPrefix(name));
    }

    private Term call(CallContext call) {
        String name = call.WORD().getText();
        Function function =
                Function.find(name)
                        .orElseThrow(() ->
                                new SyntaxException(
                                        new Problem(
                                                Severity.ERROR,
                                                source.start(call.getStart()),
                                                name.length(),
                                                "there is no function " + name,
                                                Function.words(),
                                                false)));
        Term argument = term(call.operand());
        if (!function.takes(argument.type())) {
            throw source.error(
                    call.operand(),
                    "%s does not take %s".formatted(name, Typing.kind(argument.type())),
                    List.of(function.description()));
        }
        return new Term.Call(function, argument);
    }

    private Slice slice(RangeContext range) {
        List<IndexContext> indices = range.index();
        int first = number(indices.getFirst());
        boolean hasColon = range.COLON() != null;
        boolean fromTheStart = range.getStart().getType() == FilterLexer.COLON;
        if (fromTheStart) {
            return Slice.ofLength(0, length(indices.getFirst(), first));
        }
        if (indices.size() == 1) {
            return hasColon ? Slice.between(first, 0) : Slice.ofLength(first, 1);
        }
        int second = number(indices.get(1));
        if (hasColon) {
            return Slice.ofLength(first, length(indices.get(1), second));
        }
        if (Integer.signum(first) * Integer.signum(second) >= 0
                && (first < 0) == (second < 0)
                && second < first) {
            throw source.error(range, "a slice ends before it begins", List.of());
        }
        // Behind the last byte; 0 is the end.
        return Slice.between(first, second + 1);
    }

    private int length(IndexContext index, int length) {
        if (length <= 0) {
            throw source.error(index, "a slice has one byte or more", List.of());
        }
        return length;
    }

    private int number(IndexContext index) {
        String digits = index.NUMBER().getText();
        boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
        try {
            int number =
                    hex
                            ? Integer.parseInt(digits, 2, digits.length(), 16)
                            : Integer.parseInt(digits);
            if (number <= LARGEST_INDEX) {
                return index.DASH() == null ? number : -number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the problem.
        }
        throw source.error(index, "an index is at most %d".formatted(LARGEST_INDEX), List.of());
    }
}
