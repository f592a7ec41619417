/**
 * The whole cluster in one thread and in virtual time, with faults drawn from a seed: what is real
 * of it and what is a model stands in the module's README.
 */
@NullMarked
package kontor.simulation;

import org.jspecify.annotations.NullMarked;
