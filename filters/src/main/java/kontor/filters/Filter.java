package kontor.filters;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kontor.filters.evaluation.Evaluation;
import kontor.filters.evaluation.Outlook;
import kontor.filters.evaluation.Row;
import kontor.filters.expression.Condition;
import kontor.filters.fields.BuiltInFields;
import kontor.filters.fields.FieldDeclaration;
import kontor.filters.sql.FieldMapping;
import kontor.filters.sql.Sql;
import kontor.filters.sql.SqlCompiler;
import kontor.filters.sql.SqlFilter;
import kontor.filters.syntax.Problem;

/**
 * A filter that can be applied: to rows in memory as a predicate, to stored ones as SQL. Both
 * agree. Immutable.
 *
 * @param warnings names that are deprecated
 */
public record Filter(String text, Condition condition, List<Problem> warnings)
        implements Predicate<Row> {

    public Filter {
        warnings = List.copyOf(warnings);
    }

    @Override
    public boolean test(Row row) {
        return Evaluation.holds(condition, row);
    }

    /**
     * Whether it may find any row whose known fields have the values of this one: false only if it
     * finds none.
     */
    public boolean mayFind(Row part, Predicate<FieldDeclaration> isKnown) {
        return new Outlook(part, isKnown).mayHold(condition);
    }

    /** For the WHERE clause of a query over what this mapping describes. */
    public SqlFilter sql(FieldMapping mapping) {
        return SqlCompiler.compile(condition, mapping);
    }

    /**
     * What must hold of a block {@code b} of a session's events (with {@code session_id} and {@code
     * block}, see {@link kontor.filters.sql.StoredRows#BLOCK_BITS}) for rows in it to be found;
     * empty if every block may have some.
     */
    public Optional<Sql> blocks(FieldMapping mapping) {
        return SqlCompiler.blocks(condition, mapping);
    }

    /** Names of the fields that decide it. */
    public Set<String> fields() {
        return condition
                .terms()
                .flatMap(term -> term.field().stream())
                .map(FieldDeclaration::name)
                .collect(Collectors.toSet());
    }

    /** Whether an event alone decides it, before anything is known of its messages. */
    public boolean needsMessages() {
        return !fields().stream().allMatch(BuiltInFields::isOfEvents);
    }

    /** Whether it is always true, as the empty text is. */
    public boolean isEmpty() {
        return condition instanceof Condition.And(var parts) && parts.isEmpty();
    }
}
