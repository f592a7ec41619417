/**
 * Stand-in games and the connections to their adapters: numbered bytes and datagrams, checked where
 * they arrive.
 */
@NullMarked
package kontor.simulation.game;

import org.jspecify.annotations.NullMarked;
