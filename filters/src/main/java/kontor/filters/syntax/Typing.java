package kontor.filters.syntax;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kontor.filters.evaluation.Comparisons;
import kontor.filters.expression.Condition;
import kontor.filters.expression.Relation;
import kontor.filters.expression.Term;
import kontor.filters.expression.Value;
import kontor.filters.fields.Catalogue;
import kontor.filters.fields.FieldType;
import kontor.filters.grammar.FilterLexer;
import kontor.filters.grammar.FilterParser.ComparatorContext;
import kontor.filters.grammar.FilterParser.ConjunctionContext;
import kontor.filters.grammar.FilterParser.DisjunctionContext;
import kontor.filters.grammar.FilterParser.ElementContext;
import kontor.filters.grammar.FilterParser.ExclusiveDisjunctionContext;
import kontor.filters.grammar.FilterParser.LiteralContext;
import kontor.filters.grammar.FilterParser.NegationContext;
import kontor.filters.grammar.FilterParser.OperandContext;
import kontor.filters.grammar.FilterParser.TestContext;
import org.antlr.v4.runtime.ParserRuleContext;

/**
 * Resolves the words of a parsed filter. A comparison that makes no sense is a problem and stands
 * for nothing; the others are looked at all the same.
 */
final class Typing {

    private final Source source;
    private final Operands operands;
    private final List<Problem> problems = new ArrayList<>();

    Typing(Source source, Catalogue catalogue) {
        this.source = source;
        this.operands = new Operands(source, catalogue, problems);
    }

    /** In the order of the text. */
    List<Problem> problems() {
        return problems;
    }

    Condition disjunction(DisjunctionContext context) {
        return listed(context.exclusiveDisjunction(), this::exclusive, Condition.Or::new);
    }

    private Condition exclusive(ExclusiveDisjunctionContext context) {
        return listed(context.conjunction(), this::conjunction, Condition.Xor::new);
    }

    private Condition conjunction(ConjunctionContext context) {
        return listed(context.negation(), this::negation, Condition.And::new);
    }

    private static <C> Condition listed(
            List<C> contexts,
            Function<C, Condition> read,
            Function<List<Condition>, Condition> join) {
        List<Condition> parts = contexts.stream().map(read).toList();
        return parts.size() == 1 ? parts.getFirst() : join.apply(parts);
    }

    private Condition negation(NegationContext context) {
        if (context.NOT() != null) {
            return new Condition.Not(negation(context.negation()));
        }
        if (context.disjunction() != null) {
            return disjunction(context.disjunction());
        }
        try {
            return test(context.test());
        } catch (SyntaxException e) {
            problems.add(e.problem());
            return new Condition.Or(List.of());
        }
    }

    private Condition test(TestContext context) {
        OperandContext left = context.operand(0);
        Optional<Boolean> quantified =
                Optional.ofNullable(context.quantifier()).map(q -> q.ALL() != null);
        if (context.set() != null) {
            Term term = comparable(left);
            List<Condition.Range> ranges =
                    context.set().element().stream().map(e -> range(e, term)).toList();
            Condition in = new Condition.Membership(term, ranges, quantified.orElse(false));
            return context.NOT() == null ? in : new Condition.Not(in);
        }
        if (context.comparator() == null) {
            if (quantified.isPresent()) {
                throw source.error(
                        context,
                        "any and all stand before a comparison",
                        List.of("a comparison: == != < <= > >= contains matches in"));
            }
            return new Condition.Exists(operands.term(left));
        }
        return comparison(left, context.comparator(), context.operand(1), quantified);
    }

    private Condition comparison(
            OperandContext left,
            ComparatorContext comparator,
            OperandContext right,
            Optional<Boolean> quantified) {
        int type = comparator.getStart().getType();
        boolean all = quantified.orElse(type == FilterLexer.ALL_EQ || type == FilterLexer.ALL_NE);
        if (type == FilterLexer.CONTAINS) {
            Term term = searchable(left, comparator);
            Value part = operands.literal(right, term, term.type());
            return new Condition.Contains(term, part, all);
        }
        if (type == FilterLexer.MATCHES) {
            return new Condition.Matches(searchable(left, comparator), pattern(right), all);
        }
        Relation relation = relation(type);
        if (operands.isLiteral(left)) {
            if (operands.isLiteral(right)) {
                throw operands.twoValues(left, right);
            }
            Term term = comparable(right);
            Value value = operands.literal(left, term, term.type());
            checkRelation(term, relation, value, comparator, right);
            Term literal = new Term.Literal(value, term.type());
            return new Condition.Comparison(literal, relation, term, all);
        }
        Term term = comparable(left);
        Term other =
                operands.isLiteral(right)
                        ? new Term.Literal(operands.literal(right, term, term.type()), term.type())
                        : operands.sameType(right, term);
        Value value = other instanceof Term.Literal(var v, _) ? v : new Value.Presence();
        checkRelation(term, relation, value, comparator, left);
        return new Condition.Comparison(term, relation, other, all);
    }

    private Term comparable(OperandContext operand) {
        Term term = operands.term(operand);
        if (term.type() == FieldType.GROUP) {
            throw source.error(
                    operand,
                    "%s has no value; it is only there or not".formatted(source.textOf(operand)),
                    List.of("its name alone"));
        }
        return term;
    }

    private Term searchable(OperandContext operand, ComparatorContext comparator) {
        Term term = operands.term(operand);
        if (!term.type().isSearchable()) {
            throw source.error(
                    comparator,
                    "%s is %s; only texts and bytes can be searched"
                            .formatted(source.textOf(operand), kind(term.type())),
                    List.of("==", "!=", "<", "<=", ">", ">=", "in"));
        }
        return term;
    }

    private void checkRelation(
            Term term,
            Relation relation,
            Value value,
            ComparatorContext comparator,
            ParserRuleContext shown) {
        boolean network = value instanceof Value.Address address && address.isNetwork();
        if (relation.isOrder() && (network || !term.type().isOrdered())) {
            throw source.error(
                    comparator,
                    "%s can only be equal or not"
                            .formatted(network ? "a network" : source.textOf(shown)),
                    List.of("==", "!="));
        }
    }

    private Pattern pattern(OperandContext operand) {
        if (operand.quoted() == null || operand.slice() != null) {
            throw source.error(
                    operand,
                    "%s is no quoted text".formatted(source.textOf(operand)),
                    List.of("a regular expression: r\"^ab+\""),
                    source.textOf(operand).equalsIgnoreCase("r"));
        }
        Quoted quoted = Quoted.of(source, operand.quoted());
        try {
            return Pattern.compile(quoted.text(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw source.error(
                    operand.quoted(),
                    "no regular expression: " + e.getDescription(),
                    List.of("a regular expression of RE2"));
        }
    }

    private Condition.Range range(ElementContext element, Term term) {
        LiteralContext first = element.literal(0);
        Value low = operands.literal(first, term);
        if (element.literal().size() == 1) {
            return Condition.Range.of(low);
        }
        LiteralContext last = element.literal(1);
        Value high = operands.literal(last, term);
        for (Value end : List.of(low, high)) {
            if (end instanceof Value.Address address && address.isNetwork()) {
                throw source.error(
                        element, "a range has addresses as its ends, not networks", List.of());
            }
        }
        if (!term.type().isOrdered() || Comparisons.compare(low, high) > 0) {
            throw source.error(
                    element,
                    "%s is no range".formatted(source.textOf(element)),
                    List.of("the lower end, then the higher"));
        }
        return new Condition.Range(low, high);
    }

    private static Relation relation(int token) {
        return switch (token) {
            case FilterLexer.ANY_EQ, FilterLexer.ALL_EQ -> Relation.EQUAL;
            case FilterLexer.ALL_NE, FilterLexer.ANY_NE -> Relation.NOT_EQUAL;
            case FilterLexer.LT -> Relation.LESS;
            case FilterLexer.LE -> Relation.LESS_OR_EQUAL;
            case FilterLexer.GT -> Relation.GREATER;
            case FilterLexer.GE -> Relation.GREATER_OR_EQUAL;
            default -> throw new IllegalArgumentException("no relation: " + token);
        };
    }

    /** With its article. */
    static String kind(FieldType type) {
        return switch (type) {
            case INTEGER -> "a whole number";
            case DECIMAL -> "a number";
            case STRING -> "a text";
            case BOOLEAN -> "true or false";
            case BYTES -> "bytes";
            case IPV4 -> "an IPv4 address";
            case TIME -> "a time";
            case DURATION -> "seconds";
            case GROUP -> "a group of fields";
        };
    }
}
