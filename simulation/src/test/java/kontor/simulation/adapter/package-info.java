/** An adapter around the real relay: its edges, its disk and its process as models. */
@NullMarked
package kontor.simulation.adapter;

import org.jspecify.annotations.NullMarked;
