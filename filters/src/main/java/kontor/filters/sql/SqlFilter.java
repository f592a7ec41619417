package kontor.filters.sql;

/** A filter as SQL, and whether that is all of it. */
public sealed interface SqlFilter {

    /** For a WHERE clause; it may be null if it is not true. */
    Sql where();

    /** Finds exactly the rows that the filter's predicate is true for. */
    record Exact(Sql where) implements SqlFilter {}

    /**
     * Finds all rows that the predicate is true for, and others: each must be asked still. So it is
     * with {@code matches}, as PostgreSQL's regular expressions are not RE2's.
     */
    record Candidates(Sql where) implements SqlFilter {}
}
