package kontor.filters.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kontor.filters.expression.Condition;
import kontor.filters.expression.Relation;
import kontor.filters.expression.Term;
import kontor.filters.expression.Value;

/**
 * Writes a condition as SQL.
 *
 * <p>What SQL cannot decide is left open in the direction that loses no row: where more rows are
 * harmless it counts as true, under a negation as false. Where a part must be true or false for its
 * surroundings (under {@code not} and {@code xor}), null is made false; elsewhere it is left, so
 * that indices can be used.
 */
public final class SqlCompiler {

    private static final Sql TRUE = Sql.text("true");
    private static final Sql FALSE = Sql.text("false");

    private final FieldMapping mapping;

    private SqlCompiler(FieldMapping mapping) {
        this.mapping = mapping;
    }

    public static SqlFilter compile(Condition condition, FieldMapping mapping) {
        Sql where = new SqlCompiler(mapping).write(condition, Context.TOP);
        return hasOpenParts(condition)
                ? new SqlFilter.Candidates(where)
                : new SqlFilter.Exact(where);
    }

    /** What must hold of a block of events for rows in it to be found; empty for nothing. */
    public static Optional<Sql> blocks(Condition condition, FieldMapping mapping) {
        return BlockSearch.compile(condition, mapping);
    }

    /**
     * @param more whether what cannot be decided counts as true
     * @param decided whether null is not allowed
     */
    private record Context(boolean more, boolean decided) {

        static final Context TOP = new Context(true, false);

        Context negated() {
            return new Context(!more, true);
        }

        Context strict() {
            return new Context(more, true);
        }
    }

    private static boolean hasOpenParts(Condition condition) {
        return switch (condition) {
            case Condition.And(var parts) -> parts.stream().anyMatch(SqlCompiler::hasOpenParts);
            case Condition.Or(var parts) -> parts.stream().anyMatch(SqlCompiler::hasOpenParts);
            case Condition.Xor(var parts) -> parts.stream().anyMatch(SqlCompiler::hasOpenParts);
            case Condition.Not(var part) -> hasOpenParts(part);
            case Condition.Matches _ -> true;
            case Condition.Exists _,
                    Condition.Comparison _,
                    Condition.Membership _,
                    Condition.Contains _ ->
                    false;
        };
    }

    private Sql write(Condition condition, Context context) {
        return switch (condition) {
            case Condition.And(var parts) ->
                    parts.isEmpty() ? TRUE : joined(" and ", parts, context);
            case Condition.Or(var parts) ->
                    parts.isEmpty() ? FALSE : joined(" or ", parts, context);
            case Condition.Xor(var parts) ->
                    hasOpenParts(condition)
                            ? (context.more ? TRUE : FALSE)
                            : exclusive(parts, context.strict());
            case Condition.Not(var part) -> Sql.of("(not ", write(part, context.negated()), ")");
            case Condition.Exists(var term) -> present(Operand.of(term, mapping));
            case Condition.Comparison comparison -> comparison(comparison, context);
            case Condition.Membership membership -> membership(membership, context);
            case Condition.Contains(var term, var part, var all) ->
                    each(term, all, value -> contains(value, part), context);
            case Condition.Matches(var term, _, _) ->
                    context.more ? present(Operand.of(term, mapping)) : FALSE;
        };
    }

    private Sql joined(String separator, List<Condition> parts, Context context) {
        return Sql.joined(separator, parts.stream().map(p -> write(p, context)).toList());
    }

    private Sql exclusive(List<Condition> parts, Context context) {
        Sql odd = write(parts.getFirst(), context);
        for (Condition part : parts.subList(1, parts.size())) {
            odd = Sql.of("(", odd, " <> ", write(part, context), ")");
        }
        return odd;
    }

    private Sql comparison(Condition.Comparison c, Context context) {
        if (c.right() instanceof Term.Literal(var value, _)) {
            return withValue(c.left(), c.relation(), value, c.all(), context);
        }
        if (c.left() instanceof Term.Literal(var value, _)) {
            return withValue(c.right(), c.relation().mirrored(), value, c.all(), context);
        }
        return pairs(c);
    }

    private Sql withValue(Term term, Relation relation, Value value, boolean all, Context context) {
        if (relation == Relation.EQUAL && !all) {
            return Sql.joined(" or ", equal(term, List.of(Condition.Range.of(value)), context));
        }
        Optional<Sql> inJson =
                all ? Optional.empty() : JsonSearch.related(term, relation, value, mapping);
        return inJson.orElseGet(() -> each(term, all, v -> related(v, relation, value), context));
    }

    private Sql membership(Condition.Membership membership, Context context) {
        return membership.all()
                ? each(membership.term(), true, v -> within(v, membership.ranges()), context)
                : Sql.joined(" or ", equal(membership.term(), membership.ranges(), context));
    }

    /** A value is in one of the ranges; where an index on JSON can say so, in its words. */
    private List<Sql> equal(Term term, List<Condition.Range> ranges, Context context) {
        List<Sql> alternatives = new ArrayList<>();
        List<Condition.Range> rest = new ArrayList<>();
        for (Condition.Range range : ranges) {
            JsonSearch.within(term, range, mapping)
                    .ifPresentOrElse(alternatives::add, () -> rest.add(range));
        }
        if (!rest.isEmpty()) {
            alternatives.add(each(term, false, v -> within(v, rest), context));
        }
        return alternatives;
    }

    private static Sql within(Sql value, List<Condition.Range> ranges) {
        return Sql.joined(
                " or ",
                ranges.stream()
                        .map(range ->
                                range.isSingle()
                                        ? related(value, Relation.EQUAL, range.low())
                                        : Sql.of(
                                                "(",
                                                value,
                                                " between ",
                                                Operand.bound(range.low()),
                                                " and ",
                                                Operand.bound(range.high()),
                                                ")"))
                        .toList());
    }

    private static Sql related(Sql value, Relation relation, Value other) {
        if (other instanceof Value.Address address && address.isNetwork()) {
            Sql inside = Sql.of("(", value, " <<= ", Operand.bound(other), ")");
            return relation == Relation.EQUAL ? inside : Sql.of("(not ", inside, ")");
        }
        return Sql.of("(", value, " ", relation.sql(), " ", Operand.bound(other), ")");
    }

    private static Sql contains(Sql value, Value part) {
        return part instanceof Value.Octets
                ? Sql.of("(position(", Operand.bound(part), " in ", value, ") > 0)")
                : Sql.of("(strpos(", value, ", ", Operand.bound(part), ") > 0)");
    }

    private Sql each(Term term, boolean all, Function<Sql, Sql> test, Context context) {
        Operand operand = Operand.of(term, mapping);
        if (!all) {
            return some(operand, test, context);
        }
        Context strict = context.strict();
        Sql counterexample = some(operand, v -> Sql.of("(not ", test.apply(v), ")"), strict);
        return Sql.of("(", present(operand), " and not ", counterexample, ")");
    }

    private static Sql present(Operand operand) {
        return some(
                operand, value -> Sql.of("((", value, ") is not null)"), new Context(true, true));
    }

    private static Sql some(Operand operand, Function<Sql, Sql> test, Context context) {
        List<Sql> alternatives = new ArrayList<>();
        for (ValueSource source : operand.sources()) {
            alternatives.add(
                    switch (source) {
                        case ValueSource.Scalar(var expression) ->
                                decided(test.apply(Sql.text("(" + expression + ")")), context);
                        case ValueSource.Rows(var from, var where, var expression) ->
                                Sql.of(
                                        "exists (select 1 from ",
                                        from,
                                        " where ",
                                        where,
                                        " and ",
                                        test.apply(Sql.text("(" + expression + ")")),
                                        ")");
                        case ValueSource.Documents _ ->
                                throw new IllegalStateException("documents have become rows");
                    });
        }
        return alternatives.isEmpty() ? FALSE : Sql.joined(" or ", alternatives);
    }

    private static Sql decided(Sql test, Context context) {
        return context.decided ? Sql.of("(", test, " is true)") : test;
    }

    /** Both sides are fields: every value of the one with every value of the other. */
    private Sql pairs(Condition.Comparison c) {
        Operand left = Operand.of(c.left(), mapping);
        Operand right = Operand.of(c.right(), mapping);
        Relation relation = c.all() ? c.relation().opposite() : c.relation();
        Sql some =
                Sql.of(
                        "exists (select 1 from ",
                        values(left, "l"),
                        ", ",
                        values(right, "r"),
                        " where l.v ",
                        relation.sql(),
                        " r.v)");
        return c.all()
                ? Sql.of("(", present(left), " and ", present(right), " and not ", some, ")")
                : some;
    }

    private static Sql values(Operand operand, String alias) {
        List<Sql> queries =
                operand.sources().stream()
                        .map(source ->
                                switch (source) {
                                    case ValueSource.Scalar(var expression) ->
                                            Sql.text("select (" + expression + ") as v");
                                    case ValueSource.Rows(var from, var where, var expression) ->
                                            Sql.text(
                                                    "select (%s) as v from %s where %s"
                                                            .formatted(expression, from, where));
                                    case ValueSource.Documents _ ->
                                            throw new IllegalStateException(
                                                    "documents have become rows");
                                })
                        .toList();
        return Sql.of(
                queries.isEmpty()
                        ? Sql.text("(select null as v where false)")
                        : Sql.joined(" union all ", queries),
                " as ",
                alias,
                "(v)");
    }
}
