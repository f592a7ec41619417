/** What reads PostgreSQL in every feature shares. */
@NullMarked
package kontor.gateway.tables;

import org.jspecify.annotations.NullMarked;
