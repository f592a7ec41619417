/** What must hold, each as a class with a name and a sentence. */
@NullMarked
package kontor.simulation.invariant;

import org.jspecify.annotations.NullMarked;
