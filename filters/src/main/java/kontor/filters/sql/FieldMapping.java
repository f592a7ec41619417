package kontor.filters.sql;

import java.util.List;
import kontor.filters.fields.FieldDeclaration;

/** Where a query's rows keep the values of the fields. */
@FunctionalInterface
public interface FieldMapping {

    /** The field's values are those of all of these; none where the rows do not have it. */
    List<ValueSource> sources(FieldDeclaration field);
}
