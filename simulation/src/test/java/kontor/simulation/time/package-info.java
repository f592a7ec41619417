/** Virtual time, chance and lives: what makes a run the same for the same seed. */
@NullMarked
package kontor.simulation.time;

import org.jspecify.annotations.NullMarked;
