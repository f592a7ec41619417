/** Who has to do with reloads beside the services: launcher and gateway. */
@NullMarked
package kontor.simulation.reload;

import org.jspecify.annotations.NullMarked;
