/** An orchestrator around the real sequencer and log: its edges and its process as models. */
@NullMarked
package kontor.simulation.orchestrator;

import org.jspecify.annotations.NullMarked;
