/**
 * Rewrites the addresses inside DirectPlay messages, so that each game reads those by which it
 * reaches the others. Pure; lengths never change.
 */
@NullMarked
package kontor.rewriting;

import org.jspecify.annotations.NullMarked;
