/** A model of the broker and of its clients, as far as order, loss and repetition are concerned. */
@NullMarked
package kontor.simulation.broker;

import org.jspecify.annotations.NullMarked;
