/**
 * Drives {@link kontor.orchestrator.ownership.Owner}, the machine: performs its effects with Kafka
 * clients, passes in what comes of them, and reports what it says. Knows no thread but that of the
 * claim watcher.
 */
@NullMarked
package kontor.orchestrator.driving;

import org.jspecify.annotations.NullMarked;
