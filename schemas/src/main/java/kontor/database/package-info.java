/** What services with a database share. PostgreSQL's driver is theirs to bring. */
@NullMarked
package kontor.database;

import org.jspecify.annotations.NullMarked;
