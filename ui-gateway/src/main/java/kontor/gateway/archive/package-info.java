/** The edge to PostgreSQL: reads what journal and analysis have written, and writes nothing. */
@NullMarked
package kontor.gateway.archive;

import org.jspecify.annotations.NullMarked;
