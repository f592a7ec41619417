/**
 * The Kafka clients of a partition's owner, and what reads and writes records with them: the input,
 * the session log, checkpoints.
 */
@NullMarked
package kontor.orchestrator.kafka;

import org.jspecify.annotations.NullMarked;
