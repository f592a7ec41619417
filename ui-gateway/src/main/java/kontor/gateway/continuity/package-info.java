/** The proof that nothing was lost, doubled or reordered, from evidence. Pure. */
@NullMarked
package kontor.gateway.continuity;

import org.jspecify.annotations.NullMarked;
