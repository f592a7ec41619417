package kontor.filters.evaluation;

import java.util.List;
import java.util.function.Predicate;
import kontor.filters.expression.Condition;
import kontor.filters.fields.FieldDeclaration;

/**
 * What a part of a row says about a condition: whether it may still hold, or may still fail, once
 * the other fields are known. Where it says no, the condition decides so for every such row; where
 * it says yes, nothing is promised.
 */
public final class Outlook {

    private final Row part;
    private final Predicate<FieldDeclaration> isKnown;

    /**
     * @param part has the values of the fields that are known
     */
    public Outlook(Row part, Predicate<FieldDeclaration> isKnown) {
        this.part = part;
        this.isKnown = isKnown;
    }

    /** Whether the condition holds for any row with this part. */
    public boolean mayHold(Condition condition) {
        return switch (condition) {
            case Condition.And(List<Condition> parts) -> parts.stream().allMatch(this::mayHold);
            case Condition.Or(List<Condition> parts) -> parts.stream().anyMatch(this::mayHold);
            case Condition.Not(Condition negated) -> mayFail(negated);
            case Condition.Xor _,
                    Condition.Exists _,
                    Condition.Comparison _,
                    Condition.Membership _,
                    Condition.Contains _,
                    Condition.Matches _ ->
                    isOpen(condition) || Evaluation.holds(condition, part);
        };
    }

    private boolean mayFail(Condition condition) {
        return switch (condition) {
            case Condition.And(List<Condition> parts) -> parts.stream().anyMatch(this::mayFail);
            case Condition.Or(List<Condition> parts) -> parts.stream().allMatch(this::mayFail);
            case Condition.Not(Condition negated) -> mayHold(negated);
            case Condition.Xor _,
                    Condition.Exists _,
                    Condition.Comparison _,
                    Condition.Membership _,
                    Condition.Contains _,
                    Condition.Matches _ ->
                    isOpen(condition) || !Evaluation.holds(condition, part);
        };
    }

    private boolean isOpen(Condition condition) {
        return !condition.terms().flatMap(term -> term.field().stream()).allMatch(isKnown);
    }
}
