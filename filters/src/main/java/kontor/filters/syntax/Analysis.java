package kontor.filters.syntax;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kontor.filters.expression.Condition;
import kontor.filters.fields.Catalogue;
import kontor.filters.grammar.FilterParser.FilterContext;

/**
 * What a text means as a filter.
 *
 * @param condition empty if there are errors
 * @param problems in the order of the text; warnings too
 */
public record Analysis(Optional<Condition> condition, List<Problem> problems) {

    public Analysis {
        problems = List.copyOf(problems);
    }

    /** Never throws, whatever the text. An empty one is always true. */
    public static Analysis of(String text, Catalogue catalogue) {
        if (text.isBlank() && text.length() <= FilterSyntax.LONGEST) {
            return new Analysis(Optional.of(new Condition.And(List.of())), List.of());
        }
        Source source = new Source(text);
        FilterContext tree;
        try {
            tree = FilterSyntax.parse(source);
        } catch (SyntaxException e) {
            return new Analysis(Optional.empty(), List.of(e.problem()));
        }
        Typing typing = new Typing(source, catalogue);
        Condition condition = typing.disjunction(tree.disjunction());
        List<Problem> problems =
                typing.problems().stream()
                        .sorted(Comparator.comparingInt(Problem::offset))
                        .toList();
        boolean fails = problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
        return new Analysis(fails ? Optional.empty() : Optional.of(condition), problems);
    }
}
