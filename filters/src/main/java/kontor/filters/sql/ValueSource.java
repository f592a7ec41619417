package kontor.filters.sql;

import kontor.filters.expression.Value;
import kontor.filters.fields.FieldType;

/**
 * Where stored rows keep values of a field, in SQL. Expressions are of the type that belongs to the
 * field's: numeric or a whole number, text with collation "C", boolean, bytea, inet (IPv4 only),
 * timestamptz; for a group true. Null is no value.
 */
public sealed interface ValueSource {

    /** At most one value per row. */
    record Scalar(String expression) implements ValueSource {}

    /** A value for each row of a query. */
    record Rows(String from, String where, String expression) implements ValueSource {}

    /**
     * A JSON object of arrays, by field: {@code {"dplay.command": [22]}}.
     *
     * @param from the tables with the column; empty if the row itself has it
     * @param where what links them to the row; {@code true} for nothing
     */
    record Documents(String from, String where, String column, String field, FieldType type)
            implements ValueSource {

        /** Each value of the field. A field's name needs no quoting: see FieldDeclaration. */
        Rows rows() {
            String elements = "jsonb_array_elements(%s -> '%s') as j(v)".formatted(column, field);
            return new Rows(
                    from.isEmpty() ? elements : from + ", " + elements, where, expression(type));
        }

        private static String expression(FieldType type) {
            String text = "(j.v #>> '{}')";
            return switch (type) {
                case INTEGER, DECIMAL, DURATION -> when("number", "", "cast(j.v as numeric)");
                case BOOLEAN -> when("boolean", "", "cast(j.v as boolean)");
                case STRING -> when("string", "", text + " collate \"C\"");
                case BYTES ->
                        when(
                                "string",
                                " and " + text + " ~ '^([0-9a-fA-F]{2})*$'",
                                "decode(" + text + ", 'hex')");
                case IPV4 ->
                        when(
                                "string",
                                " and " + text + " ~ '^" + Value.Address.PATTERN + "$'",
                                "cast(" + text + " as inet)");
                case TIME -> "cast(null as timestamptz)";
                case GROUP -> "true";
            };
        }

        private static String when(String json, String condition, String expression) {
            return "(case when jsonb_typeof(j.v) = '%s'%s then %s end)"
                    .formatted(json, condition, expression);
        }
    }
}
