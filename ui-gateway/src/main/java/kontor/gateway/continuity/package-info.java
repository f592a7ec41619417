/** The proof that nothing was lost, doubled or reordered: evidence, verdict, stored verdicts. */
@NullMarked
package kontor.gateway.continuity;

import org.jspecify.annotations.NullMarked;
