/**
 * What all parts of a simulated cluster share: time, broker, weather, and what the topics carry.
 */
@NullMarked
package kontor.simulation.world;

import org.jspecify.annotations.NullMarked;
