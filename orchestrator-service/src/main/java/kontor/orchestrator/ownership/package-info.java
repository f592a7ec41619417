/**
 * Who may write a partition of the session log, and what of it counts. Pure: claims, epochs and the
 * folding of a whole partition.
 */
@NullMarked
package kontor.orchestrator.ownership;

import org.jspecify.annotations.NullMarked;
