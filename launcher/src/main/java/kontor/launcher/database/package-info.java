/** PostgreSQL: its programs out of a jar, its cluster in the data directory. */
@NullMarked
package kontor.launcher.database;

import org.jspecify.annotations.NullMarked;
