/** What was measured beside its limit, and the rows of that table that need no more than a lab. */
@NullMarked
package kontor.players.figures;

import org.jspecify.annotations.NullMarked;
