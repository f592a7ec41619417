/** The orchestrator: gives a lab one order, routes, and keeps the journal. */
@NullMarked
package kontor.orchestrator;

import org.jspecify.annotations.NullMarked;
