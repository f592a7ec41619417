/** The orchestrator: gives a lab one order and routes. */
@NullMarked
package kontor.orchestrator;

import org.jspecify.annotations.NullMarked;
