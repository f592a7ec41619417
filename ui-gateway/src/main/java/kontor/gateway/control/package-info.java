/** The edge to Kafka that writes: requests to the orchestrator. */
@NullMarked
package kontor.gateway.control;

import org.jspecify.annotations.NullMarked;
