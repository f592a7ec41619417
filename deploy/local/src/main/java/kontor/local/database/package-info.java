/** PostgreSQL: its programs out of a jar, its cluster in the data directory. */
@NullMarked
package kontor.local.database;

import org.jspecify.annotations.NullMarked;
