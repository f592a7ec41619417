/** Weakens compiled production code, one place at a time. */
@NullMarked
package kontor.simulation.mutant;

import org.jspecify.annotations.NullMarked;
