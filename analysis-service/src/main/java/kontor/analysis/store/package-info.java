/**
 * What analysis keeps in PostgreSQL, schema {@code analysis}: messages, sessions and how far the
 * log is read, always together in one transaction.
 */
@NullMarked
package kontor.analysis.store;

import org.jspecify.annotations.NullMarked;
