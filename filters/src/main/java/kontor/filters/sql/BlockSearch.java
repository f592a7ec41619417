package kontor.filters.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kontor.filters.expression.Condition;
import kontor.filters.expression.Relation;
import kontor.filters.expression.Term;
import kontor.filters.expression.Value;

/**
 * What must hold of a block of events for a filter to find anything in it, by the lowest and the
 * highest number of each field there: so a search passes over blocks without reading them. Only
 * what compares fields of messages with numbers says something; all else leaves every block.
 */
final class BlockSearch {

    private final FieldMapping mapping;

    private BlockSearch(FieldMapping mapping) {
        this.mapping = mapping;
    }

    /** Empty if every block may have rows. */
    static Optional<Sql> compile(Condition condition, FieldMapping mapping) {
        return new BlockSearch(mapping).write(condition);
    }

    private Optional<Sql> write(Condition condition) {
        return switch (condition) {
            case Condition.And(var parts) -> {
                List<Sql> known = parts.stream().flatMap(p -> write(p).stream()).toList();
                yield known.isEmpty() ? Optional.empty() : Optional.of(Sql.joined(" and ", known));
            }
            case Condition.Or(var parts) -> any(parts.stream().map(this::write).toList());
            case Condition.Comparison c when c.right() instanceof Term.Literal(var value, _) ->
                    bound(c.left(), c.relation(), value);
            case Condition.Comparison c when c.left() instanceof Term.Literal(var value, _) ->
                    bound(c.right(), c.relation().mirrored(), value);
            case Condition.Membership(var term, var ranges, _) ->
                    any(ranges.stream().map(range -> bound(term, range)).toList());
            case Condition.Comparison _,
                    Condition.Contains _,
                    Condition.Exists _,
                    Condition.Matches _,
                    Condition.Not _,
                    Condition.Xor _ ->
                    Optional.empty();
        };
    }

    private static Optional<Sql> any(List<Optional<Sql>> alternatives) {
        return alternatives.isEmpty() || alternatives.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : Optional.of(
                        Sql.joined(
                                " or ", alternatives.stream().flatMap(Optional::stream).toList()));
    }

    private Optional<Sql> bound(Term term, Relation relation, Value value) {
        if (!(value instanceof Value.Numeric)) {
            return Optional.empty();
        }
        Sql bound = Operand.bound(value);
        return switch (relation) {
            case EQUAL -> within(term, Sql.of("r.lowest <= ", bound, " and r.highest >= ", bound));
            case LESS, LESS_OR_EQUAL ->
                    within(term, Sql.of("r.lowest ", relation.sql(), " ", bound));
            case GREATER, GREATER_OR_EQUAL ->
                    within(term, Sql.of("r.highest ", relation.sql(), " ", bound));
            case NOT_EQUAL -> Optional.empty();
        };
    }

    private Optional<Sql> bound(Term term, Condition.Range range) {
        return range.low() instanceof Value.Numeric && range.high() instanceof Value.Numeric
                ? within(
                        term,
                        Sql.of(
                                "r.lowest <= ",
                                Operand.bound(range.high()),
                                " and r.highest >= ",
                                Operand.bound(range.low())))
                : Optional.empty();
    }

    private Optional<Sql> within(Term term, Sql bounds) {
        if (!(term instanceof Term.Of(var field))) {
            return Optional.empty();
        }
        List<Sql> alternatives = new ArrayList<>();
        for (ValueSource source : mapping.sources(field)) {
            if (!(source instanceof ValueSource.Documents documents)) {
                return Optional.empty();
            }
            alternatives.add(
                    Sql.of(
                            "exists (select 1 from analysis.number_ranges r where r.session_id ="
                                    + " b.session_id and r.block = b.block and r.field = ",
                            Sql.parameter("text", documents.field()),
                            " and ",
                            bounds,
                            ")"));
        }
        return alternatives.isEmpty()
                ? Optional.empty()
                : Optional.of(Sql.joined(" or ", alternatives));
    }
}
