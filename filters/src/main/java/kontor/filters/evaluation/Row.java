package kontor.filters.evaluation;

import java.util.List;
import kontor.filters.expression.Value;
import kontor.filters.fields.FieldDeclaration;

/** What a filter looks at: an event or a message, with the values of its fields. */
@FunctionalInterface
public interface Row {

    /**
     * The values of a field here, each of the declared type; none where the row does not have it.
     */
    List<Value> values(FieldDeclaration field);
}
